import { documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('a certificate', () => {
  const certificate = (...names: string[]) => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec: { secretName: immich-tls, dnsNames: ${JSON.stringify(names)} }`;
  const ingress = (host: string, annotations = '{}') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich, annotations: ${annotations} }
spec: { tls: [{ secretName: immich-tls, hosts: [${JSON.stringify(host)}] }] }`;
  const gateway = (listeners: string, annotations = '{}') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: immich, annotations: ${annotations} }
spec: { listeners: ${listeners} }`;
  const route = (host: string, parent = '{ name: gateway }') => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec: { hostnames: [${JSON.stringify(host)}], parentRefs: [${parent}] }`;
  const tls = '{ name: tls, tls: { certificateRefs: [{ name: immich-tls }] } }';
  const other = '{ name: other, tls: { certificateRefs: [{ name: other-tls }] } }';
  const photos = certificate('photos.example.com');

  test.each<[string, string[], string[]]>([
    ['covers an Ingress', [photos, ingress('photos.example.com')], []],
    ['lacks the host of an Ingress', [photos, ingress('a.example.com')], ['error spec.tls.0.hosts.0']],
    ['covers many hosts', [certificate('*.example.com'), ingress('a.example.com')], []],
    ['is not known', [ingress('a.example.com')], []],
    [
      'is made for an Ingress',
      [photos, ingress('a.example.com', '{ cert-manager.io/cluster-issuer: a }')],
      [],
    ],
    ['meets a host that is not known', [photos, ingress('a.\u0024{DOMAIN}')], []],
    ['covers an HTTPRoute', [photos, gateway(`[${tls}]`), route('photos.example.com')], []],
    [
      'lacks the host of an HTTPRoute',
      [photos, gateway(`[{ name: http }, ${tls}]`), route('a.example.com')],
      ['error spec.hostnames.0'],
    ],
    ['stands beside others', [photos, gateway(`[${tls}, ${other}]`), route('a.example.com')], []],
    [
      'is the one of the section',
      [photos, gateway(`[${tls}, ${other}]`), route('a.example.com', '{ name: gateway, sectionName: tls }')],
      ['error spec.hostnames.0'],
    ],
    [
      'is of no use to a section without TLS',
      [
        photos,
        gateway(`[{ name: http }, ${tls}]`),
        route('a.example.com', '{ name: gateway, sectionName: http }'),
      ],
      [],
    ],
    [
      'is made for a Gateway',
      [photos, gateway(`[${tls}]`, '{ cert-manager.io/issuer: a }'), route('a.example.com')],
      [],
    ],
    ['meets a wildcard', [photos, ingress('*.example.com')], []],
    [
      'is for the host of a listener',
      [photos, gateway(`[${tls.replace('name: tls', 'hostname: "*.example.com"')}]`), route('a.example.com')],
      ['error spec.hostnames.0'],
    ],
    [
      'is for another host than the route',
      [
        photos,
        gateway(`[${tls.replace('name: tls', 'hostname: photos.example.com')}]`),
        route('a.example.com'),
      ],
      [],
    ],
    ['belongs to a Gateway elsewhere', [photos, route('a.example.com')], []],
  ])('%s', (_, all, expected) => {
    expect(said('certificate-without-host', documents(...all))).toEqual(expected);
  });
});
