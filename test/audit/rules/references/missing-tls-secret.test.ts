import { documents, routeThrough } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const route = `${routeThrough('compress: {}').trimEnd()}\n  tls: { secretName: wildcard-tls }\n`;
const certificate = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: wildcard, namespace: traefik }
spec: { secretName: wildcard-tls, dnsNames: ["*.example.com"] }`;
const store = (name: string) => `apiVersion: traefik.io/v1alpha1
kind: TLSStore
metadata: { name: ${name}, namespace: traefik }
spec: { defaultCertificate: { secretName: wildcard-tls } }`;

test('a secret of another namespace, unless it is what Traefik serves by default', () => {
  expect(said('missing-tls-secret', documents(route, certificate))).toEqual(['error spec.tls.secretName']);
  expect(said('missing-tls-secret', documents(route, certificate, store('other')))).toHaveLength(1);
  expect(said('missing-tls-secret', documents(route, certificate, store('default')))).toEqual([]);
});
