import { ImmichIngress } from '../../lib/components/immich-ingress.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { type Edit, edited, home } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { built, installationOf, objectIn } from './built.ts';

function textOf(door: string, ...edits: readonly Edit[]): string {
  const { route, namespace, host, hosts } = installationOf(
    edited(home, ['route:\n', `route:\n  ${door}\n`], ...edits),
  );
  return built(
    (chart) =>
      new ImmichIngress(chart, 'route', {
        ...{ namespace, host, hosts: hosts.map(({ host }) => host), route: new Checked(route) },
        service: { name: 'immich-server', port: 'http' },
      }),
  );
}

test('nginx gets a certificate of ours, and its limits are lifted', () => {
  const text = textOf('ingress: { class: nginx }');
  const ingress = objectIn(text, 'Ingress', 'immich');
  expect(ingress).toMatchObject({
    metadata: {
      annotations: {
        'nginx.ingress.kubernetes.io/proxy-body-size': '0',
        'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
        'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
        'nginx.ingress.kubernetes.io/proxy-read-timeout': '600',
        'nginx.ingress.kubernetes.io/proxy-send-timeout': '600',
      },
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'photos.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'immich-server', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
      tls: [{ hosts: ['photos.example.com'], secretName: 'immich-tls' }],
    },
  });
  expect(objectIn(text, 'Certificate', 'immich').spec.secretName).toBe('immich-tls');
  expect(validateStrictly(ingress)).toEqual([]);
});

test('annotations of the file win, and are all that other classes get', () => {
  const annotation = 'nginx.ingress.kubernetes.io/proxy-read-timeout';
  const nginx = objectIn(
    textOf(`ingress: { class: nginx-internal, annotations: { ${annotation}: "3600" } }`),
    'Ingress',
  );
  expect(nginx.metadata.annotations[annotation]).toBe('3600');
  const other = textOf(
    'ingress: { class: haproxy, annotations: { haproxy.org/timeout-server: 1h }, namespaces: [haproxy] }',
  );
  expect(objectIn(other, 'Ingress').metadata.annotations).toEqual({ 'haproxy.org/timeout-server': '1h' });
  expect(objectIn(textOf('ingress: { class: traefik }'), 'Ingress').metadata).not.toHaveProperty(
    'annotations',
  );
});

test('every name has a rule, and stands in the certificate', () => {
  const text = textOf('ingress: { class: nginx }', ['host:', 'hosts: [{ host: share.example.org }]\nhost:']);
  const hosts = ['photos.example.com', 'share.example.org'];
  const { rules, tls } = objectIn(text, 'Ingress').spec;
  expect(rules.map(({ host }: { host: string }) => host)).toEqual(hosts);
  expect(tls[0].hosts).toEqual(hosts);
  expect(objectIn(text, 'Certificate').spec.dnsNames).toEqual(hosts);
});

test("Tailscale's operator reads the name of the machine, and makes the certificate itself", () => {
  const text = textOf(
    'tailscale: { hostname: photos }',
    ['photos.example.com', 'photos.tail1234.ts.net'],
    ['  certificate: { clusterIssuer: letsencrypt-prod }\n', ''],
  );
  const ingress = objectIn(text, 'Ingress', 'immich');
  expect(ingress.spec).toEqual({
    ingressClassName: 'tailscale',
    defaultBackend: { service: { name: 'immich-server', port: { name: 'http' } } },
    tls: [{ hosts: ['photos'] }],
  });
  expect(text).not.toContain('kind: Certificate');
  expect(validateStrictly(ingress)).toEqual([]);
});
