import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Rule } from '../../rule.ts';

export const certificateWithoutHost: Rule = {
  id: 'certificate-without-host',
  severity: 'error',
  meaning: 'A route answers for a host that its certificate does not cover.',
  url: 'https://cert-manager.io/docs/usage/certificate/',
  examples: {
    bad: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec:
  secretName: immich-tls
  dnsNames: [photo.example.com]
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
  },
  check(inventory, report) {
    const certificates = new Map(
      inventory
        .all('cert-manager.io', 'Certificate')
        .map((one) => [`${one.get('metadata', 'namespace') ?? ''}/${one.get('spec', 'secretName')}`, one]),
    );
    for (const route of inventory.all('traefik.io', 'IngressRoute')) {
      const certificate = certificates.get(
        `${route.get('metadata', 'namespace') ?? ''}/${route.get('spec', 'tls', 'secretName')}`,
      );
      const names = certificate === undefined ? undefined : namesOf(certificate);
      if (names === undefined) {
        continue;
      }
      for (const rule of route.at('spec', 'routes').items) {
        const match = rule.at('match');
        const uncovered = hostsOf(match.text ?? '').find((host) => !names.some((name) => covers(name, host)));
        if (uncovered !== undefined) {
          report(match, {
            message: `The certificate in secret "${route.get('spec', 'tls', 'secretName')}" covers ${names.join(', ') || 'no host'}, not ${uncovered}; browsers and the mobile apps refuse to connect.`,
            fix: `Add ${uncovered} to the dnsNames of the Certificate, or correct the host.`,
          });
        }
      }
    }
  },
};

/** The names of a certificate; undefined when some are not known. */
function namesOf(certificate: Field): string[] | undefined {
  const names = [
    ...certificate.at('spec', 'dnsNames').texts,
    ...(certificate.at('spec', 'commonName').text === undefined
      ? []
      : [certificate.at('spec', 'commonName').text ?? '']),
  ];
  return names.some(isUnknown) ? undefined : names;
}

/** The hosts that a Traefik rule names; host patterns and negated hosts are not among them. */
function hostsOf(match: string): string[] {
  return [...match.matchAll(/(^|[^!A-Za-z])Host\(([^)]*)\)/g)]
    .flatMap(([, , list = '']) => [...list.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, host = '']) => host))
    .filter((host) => !isUnknown(host));
}

function covers(name: string, host: string): boolean {
  return (
    name.toLowerCase() === host.toLowerCase() ||
    (name.startsWith('*.') && host.slice(host.indexOf('.') + 1).toLowerCase() === name.slice(2).toLowerCase())
  );
}
