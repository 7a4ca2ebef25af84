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

describe('a certificate that goes to another secret than the route reads', () => {
  const own = (hosts: string, namespace = 'immich') => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: ${namespace} }
spec: { secretName: immich-tls, dnsNames: [${hosts}] }`;

  test('is likely a slip where it is for a host of the route', () => {
    expect(said('missing-tls-secret', documents(route, own('photos.example.com')))).toEqual([
      'warning spec.tls.secretName',
    ]);
    expect(said('missing-tls-secret', documents(route, own('"*.example.com"')))).toHaveLength(1);
    expect(said('missing-tls-secret', documents(route, own('other.example.com')))).toEqual([]);
  });

  test('is none where something makes the secret', () => {
    const made = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: wildcard-tls, namespace: immich }
spec: { data: [{ secretKey: tls.crt }] }`;
    expect(said('missing-tls-secret', documents(route, own('photos.example.com'), made))).toEqual([]);
  });

  test('is told of a Gateway too', () => {
    const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: network }
spec:
  gatewayClassName: envoy
  listeners: [{ name: https, protocol: HTTPS, port: 443, tls: { certificateRefs: [{ name: photos-tls }] } }]`;
    const http = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec: { hostnames: [photos.example.com], parentRefs: [{ name: public, namespace: network }] }`;
    const immich = routeThrough('compress: {}');
    const texts = [immich, gateway, http, own('photos.example.com', 'network')];
    expect(said('missing-tls-secret', documents(...texts))).toEqual([
      'warning spec.listeners.0.tls.certificateRefs.0.name',
    ]);
  });
});
