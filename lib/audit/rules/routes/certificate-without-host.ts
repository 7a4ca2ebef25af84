import { isUnknown } from '../../../manifests/field.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { certificateNames, covers } from '../../views/certificate.ts';
import { securedHosts } from '../../views/secured.ts';

export const certificateWithoutHost: Rule = {
  id: 'certificate-without-host',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route answers for a host that its certificate does not cover.',
  why: 'A browser warns of a certificate for another name, and the mobile apps refuse to connect. cert-manager reports such a certificate as ready, because it was issued as asked.',
  url: 'https://cert-manager.io/docs/usage/certificate/',
  limits: 'A certificate that cert-manager did not make is not looked into.',
  examples: {
    good: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec:
  secretName: immich-tls
  dnsNames: [photos.example.com]
  issuerRef: { kind: ClusterIssuer, name: letsencrypt-prod }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  routes:
    - { kind: Rule, match: Host(\`photos.example.com\`), services: [{ name: immich-server, port: 2283 }] }
  tls: { secretName: immich-tls }
`,
    broken: {
      'dnsNames: [photos.example.com]': 'dnsNames: [photo.example.com]',
    },
  },
  check(inventory, report) {
    const certificates = new Map(
      inventory
        .all('cert-manager.io', 'Certificate')
        .map((one) => [
          `${one.at('metadata', 'namespace').text ?? ''}/${one.get('spec', 'secretName')}`,
          one,
        ]),
    );
    for (const { secrets, namespace, hosts } of securedHosts(inventory)) {
      const used = secrets.map((secret) => certificates.get(`${namespace ?? ''}/${secret.text}`));
      const names = used.map((certificate) =>
        certificate === undefined ? undefined : certificateNames(certificate),
      );
      const known = names.flatMap((one) => one ?? []);
      // A certificate that is not known may cover any host.
      if (secrets.length === 0 || names.includes(undefined)) {
        continue;
      }
      for (const { host: field, names: all } of hosts) {
        const uncovered = all.find((host) => !isUnknown(host) && !known.some((name) => covers(name, host)));
        if (uncovered !== undefined) {
          report(field, {
            message: `The certificate in secret ${secrets.map(({ text }) => quote(text)).join(' or ')} covers ${known.join(', ') || 'no host'}, not ${uncovered}; browsers and the mobile apps refuse to connect.`,
            fix: `Add ${uncovered} to the dnsNames of the Certificate, or correct the host.`,
          });
        }
      }
    }
  },
};
