import { type Edit, edited } from '../../installation/example.ts';
import { home } from '../bases.ts';
import { changesOfEdits, changesOfManifests, object, shown } from '../judged.ts';

const traefik = 'route:\n  certificate: { clusterIssuer: letsencrypt-prod }\n';
const nginx = 'route: { ingress: { class: nginx }, certificate: { clusterIssuer: letsencrypt-prod } }\n';
const envoy = 'route: { gateway: { class: envoy, parents: [{ name: outside, namespace: gateways }] } }\n';
const tunnel: Edit = [
  'volumes:\n',
  'network: { clients: [{ from: { namespace: cloudflared }, why: a tunnel }] }\nvolumes:\n',
];
const policies = [
  'steps home:network:policy:immich-db,immich-drill-db',
  'steps home:network:policy:immich-server',
];

test.each<
  [what: string, base: string, edits: readonly Edit[], expected: readonly string[], sentence: string]
>([
  [
    'an Ingress instead of Traefik',
    home,
    [[traefik, nginx]],
    [
      'steps home:route:door:Traefik at websecure->the class nginx',
      'steps home:Ingress/immich:need:IngressClass/nginx',
    ],
    'Immich is reached by the class nginx instead of Traefik at websecure: uploads that run break off once',
  ],
  [
    'Traefik instead of an Ingress',
    edited(home, [traefik, nginx]),
    [[nginx, traefik]],
    ['steps home:route:door:the class nginx->Traefik at websecure'],
    'Immich is reached by Traefik at websecure instead of the class nginx',
  ],
  [
    'a Gateway, which has a certificate of its own',
    home,
    [[traefik, envoy]],
    [
      'steps home:route.certificate:certificate',
      'steps home:route:door:Traefik at websecure->the Gateway gateways/outside',
      'steps home:HTTPRoute/immich:need:Gateway/outside',
    ],
    'Immich is reached by the Gateway gateways/outside instead of Traefik at websecure',
  ],
  [
    'another Gateway',
    edited(home, [traefik, envoy]),
    [['name: outside', 'name: inside']],
    [
      'steps home:route:door:the Gateway gateways/outside->the Gateway gateways/inside',
      'steps home:HTTPRoute/immich:need:Gateway/inside',
    ],
    'Immich is reached by the Gateway gateways/inside instead of the Gateway gateways/outside',
  ],
  [
    'another class of Ingress, without the limits of the one before',
    edited(home, [traefik, nginx]),
    [['class: nginx', 'class: traefik']],
    [
      'steps home:route:door:the class nginx->the class traefik',
      'steps home:Ingress/immich:need:IngressClass/traefik',
    ],
    'Immich is reached by the class traefik instead of the class nginx',
  ],
  [
    'a tunnel instead of a route, at the same host as far as is known',
    edited(home, tunnel),
    [[traefik, 'route: { none: {} }\n']],
    ['steps home:route.certificate:certificate', 'steps home:route:door:Traefik at websecure->nothing'],
    'No route leads to Immich any more, and Traefik at websecure no longer takes requests for it',
  ],
  [
    'a route beside a tunnel',
    edited(home, tunnel, [traefik, 'route: { none: {} }\n']),
    [['route: { none: {} }\n', traefik]],
    [
      'steps home:route.certificate:certificate',
      'steps home:route:door:nothing->Traefik at websecure',
      'steps home:Certificate/immich:need:ClusterIssuer/letsencrypt-prod',
    ],
    'A route leads to Immich from now on: Traefik at websecure takes requests for photos.example.com.',
  ],
  [
    'a machine of a tailnet, under another name',
    home,
    [
      [traefik, 'route: { tailscale: { hostname: photos } }\n'],
      ['host: photos.example.com', 'host: photos.tail1234.ts.net'],
    ],
    [
      'steps home:host:host:photos.example.com->photos',
      'steps home:route.certificate:certificate',
      'steps home:route:door:Traefik at websecure->the class tailscale',
      'steps home:Ingress/immich:need:IngressClass/tailscale',
    ],
    'Immich is reached by the class tailscale instead of Traefik at websecure',
  ],
  [
    'another entry point',
    home,
    [['route:\n', 'route:\n  traefik: { entryPoints: { websecure: https } }\n']],
    ['steps home:route:door:Traefik at websecure->Traefik at https'],
    'Immich is reached by Traefik at https instead of Traefik at websecure',
  ],
  [
    'where the controller of the Ingress runs',
    edited(home, [traefik, nginx]),
    [['class: nginx', 'class: nginx, namespaces: [edge]']],
    ['steps home:network:policy:acme-http01-solver', ...policies],
    '',
  ],
  [
    'whom the Ingress lets in',
    edited(home, [traefik, nginx]),
    [
      [
        'class: nginx',
        'class: nginx, annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8 }',
      ],
    ],
    [
      'steps home:Ingress/immich:fields:metadata.annotations.nginx.ingress.kubernetes.io/whitelist-source-range',
    ],
    'Ingress immich/immich: metadata.annotations.nginx.ingress.kubernetes.io/whitelist-source-range changed: the controller acts by it',
  ],
  [
    'what lists the Ingress, which lets nobody in',
    edited(home, [traefik, nginx]),
    [['class: nginx', 'class: nginx, annotations: { gethomepage.dev/enabled: "true" }']],
    [],
    '',
  ],
  [
    'a further host',
    home,
    [['volumes:\n', 'hosts: [{ host: share.example.org }]\nvolumes:\n']],
    ['steps home:hosts:host:nothing->share.example.org'],
    'Immich answers at share.example.org too.',
  ],
  [
    'no further host any more',
    edited(home, ['volumes:\n', 'hosts: [{ host: share.example.org }]\nvolumes:\n']),
    [['hosts: [{ host: share.example.org }]\n', '']],
    ['steps home:hosts:host:share.example.org->nothing'],
    'Immich no longer answers at share.example.org, but at photos.example.com: phones stop uploading',
  ],
  [
    "values for k3s's own Traefik",
    home,
    [['route:\n', 'route:\n  traefik: { k3s: true }\n']],
    ['steps home:route.traefik:add'],
    'k3s gets values for its traefik (kube-system/traefik): it is rolled out anew',
  ],
  [
    "no values for k3s's own Traefik any more",
    edited(home, ['route:\n', 'route:\n  traefik: { k3s: true }\n']),
    [['route:\n  traefik: { k3s: true }\n', 'route:\n']],
    ['steps home:route.traefik:remove'],
    'k3s loses these values for its traefik (kube-system/traefik), and goes back to its own',
  ],
  [
    'links that people without an account open',
    edited(home, ['route:\n', 'route:\n  authentication: { middleware: authelia }\n']),
    [['authelia }\n', 'authelia }\n  openPaths: [shareLinks]\n']],
    [
      'steps home:route.openPaths:openPaths:nothing->/share/ /s/ /_app/ /service-worker.js /custom.css /favicon',
    ],
    'Open without a login before Immich now: /share/, /s/, /_app/,',
  ],
  [
    'links that they no longer open',
    edited(home, [
      'route:\n',
      'route:\n  authentication: { middleware: authelia }\n  openPaths: [shareLinks]\n',
    ]),
    [['  openPaths: [shareLinks]\n', '']],
    [
      'steps home:route.openPaths:openPaths:/share/ /s/ /_app/ /service-worker.js /custom.css /favicon->nothing',
    ],
    'Behind the login before Immich now: /share/, /s/, /_app/, /service-worker.js, /custom.css, /favicon. People without an account',
  ],
])('%s', (_what, base, edits, expected, sentence) => {
  const changes = changesOfEdits(base, ...edits);
  expect([...shown(changes)].sort()).toEqual([...expected].sort());
  expect(changes.some((one) => one.sentence.startsWith(sentence))).toBe(true);
});

test('a tunnel takes nobody away from the host, and no phone is told to log in elsewhere', () => {
  const changes = changesOfEdits(edited(home, tunnel), [traefik, 'route: { none: {} }\n']);
  expect(changes.flatMap(({ steps }) => steps).join('\n')).not.toContain('log out');
});

const service =
  '{ apiVersion: v1, kind: Service, metadata: { name: it, namespace: photos }, spec: { selector: { app: it } } }';
const server = object(
  'apps/v1',
  'Deployment',
  'namespace: photos',
  'spec: { template: { metadata: { labels: { app: it } }, spec: { containers: [{ name: main, image: "ghcr.io/immich-app/immich-server:v3.3.1" }] } } }',
);
const ingress = (spec: string, annotations = '') =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    `namespace: photos, annotations: { ${annotations} }`,
    `spec: { ${spec}, rules: [{ host: photos.example.com, http: { paths: [{ path: /, backend: { service: { name: it } } }] } }] }`,
  );
const route = (parent: string, hosts = 'photos.example.com') =>
  object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'namespace: photos',
    `spec: { parentRefs: [{ name: ${parent}, namespace: gateways }], hostnames: [${hosts}], rules: [{ backendRefs: [{ name: it }] }] }`,
  );
const foreign = (before: readonly string[], after: readonly string[]) =>
  shown(changesOfManifests([service, server, ...before], [service, server, ...after]));

test('routes of others are judged as ours are', () => {
  expect(foreign([ingress('ingressClassName: nginx')], [ingress('ingressClassName: internal')])).toEqual([
    'steps it:Ingress/it:door:the class nginx->the class internal',
    'steps it:Ingress/it:need:IngressClass/internal',
  ]);
  expect(foreign([ingress('ingressClassName: nginx')], [route('outside')])).toEqual([
    'steps it:Ingress/it:door:the class nginx->the Gateway gateways/outside',
    'steps it:HTTPRoute/it:need:Gateway/outside',
  ]);
  expect(foreign([route('outside')], [route('inside')])).toEqual([
    'steps it:HTTPRoute/it:door:the Gateway gateways/outside->the Gateway gateways/inside',
    'steps it:HTTPRoute/it:need:Gateway/inside',
  ]);
  expect(foreign([route('outside')], [route('outside', 'pictures.example.com')])).toEqual([
    'steps it:HTTPRoute/it:host:photos.example.com->pictures.example.com',
  ]);
  expect(foreign([ingress('ingressClassName: nginx')], [])).toEqual([
    'steps it:Ingress/it:door:the class nginx->nothing',
  ]);
});

test('a login before a route of others that goes, and one that is the same', () => {
  const login = 'nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com"';
  const open = 'ingressClassName: nginx';
  expect(foreign([ingress(open, login)], [ingress(open)])).toEqual([
    'steps it:Ingress/it:unauthenticate:https://auth.example.com->nothing',
  ]);
  expect(foreign([ingress(open, login)], [ingress(open, login)])).toEqual([]);
});
