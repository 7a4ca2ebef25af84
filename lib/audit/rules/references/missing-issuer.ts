import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingIssuer: Rule = {
  id: 'missing-issuer',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A certificate names an issuer that does not exist.',
  why: 'When the issuer that a certificate names does not come, cert-manager waits for it and never issues the certificate. Browsers get a self-signed certificate, which the mobile apps refuse.',
  url: 'https://cert-manager.io/docs/usage/certificate/#creating-certificate-resources',
  examples: {
    good: `
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: letsencrypt, namespace: immich }
spec: { acme: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec:
  secretName: immich-tls
  dnsNames: [photos.example.com]
  issuerRef: { kind: Issuer, name: letsencrypt }
`,
    broken: {
      'issuerRef: { kind: Issuer, name: letsencrypt }': 'issuerRef: { kind: Issuer, name: letsencrypt-prod }',
    },
  },
  check(inventory, report) {
    for (const certificate of inventory.all('cert-manager.io', 'Certificate')) {
      const issuer = certificate.at('spec', 'issuerRef');
      // "kind" is Issuer unless it is said: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
      const kind = issuer.at('kind').text ?? 'Issuer';
      if ((issuer.at('group').text ?? 'cert-manager.io') === 'cert-manager.io') {
        resolve(inventory, report, {
          name: issuer.at('name'),
          apiGroup: 'cert-manager.io',
          kind,
          namespace: kind === 'Issuer' ? certificate.at('metadata', 'namespace').text : undefined,
          consequence: 'the certificate is never issued',
        });
      }
    }
  },
};
