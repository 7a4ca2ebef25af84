import { list, notEmpty, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { anyText, choice, flag, textLike } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';
import { cidr, label, labelName, labelValue, objectName } from './texts.ts';

/** The way in: what answers for the host, and sends requests on to the server. */
export type Door =
  | ({ readonly kind: 'traefik' } & Read<typeof traefik>)
  | ({ readonly kind: 'gateway' } & Read<typeof gateway>)
  | ({ readonly kind: 'ingress' } & Read<typeof ingress>)
  | ({ readonly kind: 'tailscale' } & Read<typeof tailscale>)
  | { readonly kind: 'none' };

/** The door of one kind. */
export type DoorOf<K extends Door['kind']> = Extract<Door, { readonly kind: K }>;

const duration = textLike(
  /^(?:0|[1-9][0-9]*[smh])$/,
  (duration) =>
    `${quote(duration)} is not a duration. Write seconds, minutes or hours, such as "600s", or "0" for no end.`,
);

const traefik = mapping({
  namespaces: defaulting(
    list(label),
    ['kube-system', 'traefik'],
    'Namespaces that Traefik may run in: kube-system on k3s, traefik elsewhere.',
  ),
  podLabels: defaulting(
    record(labelName, labelValue),
    { 'app.kubernetes.io/name': 'traefik' },
    "Labels of Traefik's pods.",
  ),
  addresses: defaulting(
    list(cidr),
    [],
    'Addresses of the nodes, where Traefik is on the host network: its connections come from there, and not from its pods.',
  ),
  entryPoints: defaulting(
    mapping({
      web: defaulting(label, 'web', 'Entry point for plain HTTP, which is redirected.'),
      websecure: defaulting(label, 'websecure', 'Entry point for HTTPS.'),
    }),
    {},
    "Names of Traefik's entry points.",
  ),
  k3s: defaulting(
    flag,
    false,
    "Whether to set the read timeout of k3s's own Traefik by a HelmChartConfig. A cluster has one for Traefik: where there is one already, leave this false and merge into its valuesContent what synth prints, or it is written over. The object stays where Immich goes.",
  ),
  readTimeout: defaulting(
    duration,
    '12h',
    "How long one upload may take, hours for a long video over a slow line. Traefik's own default of 60s cuts big videos off.",
  ),
});

const gateway = mapping({
  class: required(
    choice('envoy', 'cilium', 'istio', 'kgateway', 'traefik', 'nginx', 'gke', 'other'),
    'The program behind the Gateway. It decides which timeouts are written, and who may connect to the server: with gke and other, network.clients must say that.',
  ),
  parents: required(
    notEmpty(
      list(
        mapping({
          name: required(objectName, 'Name of the Gateway.'),
          namespace: required(
            label,
            'Namespace of the Gateway, which must let routes of other namespaces in.',
          ),
          section: optional(
            objectName,
            'Name of its listener for HTTPS. Without it every listener answers, that for plain HTTP among them.',
          ),
        }),
      ),
    ),
    'The Gateways that answer for the host, such as one for the house and one for everybody.',
  ),
  namespaces: defaulting(
    list(label),
    [],
    "Namespaces that the proxy's pods run in; default those of the Gateways, and envoy-gateway-system, traefik and kube-system where the class runs there.",
  ),
});

const ingress = mapping({
  class: required(objectName, 'Name of the IngressClass, such as nginx.'),
  annotations: defaulting(
    record(labelName, anyText),
    {},
    'Further annotations; they win over ours. For a class with nginx in its name, ours lift its limits on the size and the time of an upload.',
  ),
  namespaces: defaulting(
    list(label),
    [],
    "Namespaces that the controller's pods run in; default ingress-nginx for nginx, kube-system and traefik for traefik.",
  ),
});

const tailscale = mapping({
  hostname: required(
    label,
    'Name of the machine in the tailnet, the first part of host: photos for photos.tail1234.ts.net.',
  ),
  namespaces: defaulting(list(label), ['tailscale'], "Namespaces that the operator's proxies run in."),
});

const none = mapping({});

/** The keys of the doors, of which at most one may be written. */
export const doorKeys = {
  traefik: optional(
    traefik,
    'By an IngressRoute of Traefik, which is the default: what must be known about Traefik.',
  ),
  gateway: optional(gateway, 'By an HTTPRoute of the Gateway API, at Gateways of others.'),
  ingress: optional(ingress, 'By an Ingress, for a controller of others.'),
  tailscale: optional(
    tailscale,
    "By an Ingress of Tailscale's operator: Immich is a machine of the tailnet.",
  ),
  none: optional(
    none,
    'By nothing of ours, written as {}: a tunnel or a load balancer of your own leads to the Service immich-server, and network.clients lets it in. Cloudflare refuses uploads over 100 MB.',
  ),
};

/** What is written of each door. */
interface Written {
  readonly traefik: Read<typeof traefik> | undefined;
  readonly gateway: Read<typeof gateway> | undefined;
  readonly ingress: Read<typeof ingress> | undefined;
  readonly tailscale: Read<typeof tailscale> | undefined;
  readonly none: Read<typeof none> | undefined;
}

/** The one door of a route; Traefik where none is written. */
export function doorOf(written: Written, at: Place): Door | undefined {
  const [first, second] = Object.entries(written).flatMap(([kind, door]) =>
    door === undefined ? [] : [kind],
  );
  if (second !== undefined) {
    return at.keyError(second, `${quote(first)} and ${quote(second)} exclude each other. Keep one of them.`);
  }
  const { gateway, ingress, tailscale, none } = written;
  if (gateway !== undefined) return { kind: 'gateway', ...gateway };
  if (ingress !== undefined) return { kind: 'ingress', ...ingress };
  if (tailscale !== undefined) return { kind: 'tailscale', ...tailscale };
  if (none !== undefined) return { kind: 'none' };
  const found = written.traefik ?? traefik.read({}, at.unheard());
  return found && { kind: 'traefik', ...found };
}

/** The namespaces of the proxy's pods, as far as they are known. */
export function doorNamespacesOf(door: Door): readonly string[] {
  switch (door.kind) {
    case 'traefik':
    case 'tailscale':
      return door.namespaces;
    case 'gateway':
      return door.namespaces.length > 0 ? door.namespaces : namespacesOfClass(door);
    case 'ingress':
      return door.namespaces.length > 0 ? door.namespaces : namespacesOfController(programOf(door));
    case 'none':
      return [];
  }
}

/** The program that takes requests in, by the name that it has for people; undefined where that is not known. */
export function programOf(door: Door): string | undefined {
  switch (door.kind) {
    case 'traefik':
      return 'Traefik';
    case 'gateway':
      return programs[door.class];
    case 'ingress':
      return [...controllers].find(([word]) => door.class.includes(word))?.[1];
    case 'tailscale':
      return 'Tailscale';
    case 'none':
      return undefined;
  }
}

const programs: { readonly [name in DoorOf<'gateway'>['class']]: string | undefined } = {
  envoy: 'Envoy Gateway',
  cilium: 'Cilium',
  istio: 'Istio',
  kgateway: 'kgateway',
  traefik: 'Traefik',
  nginx: 'NGINX Gateway Fabric',
  gke: 'Google Cloud',
  other: undefined,
};

/** Controllers by a word in the name of their IngressClass. */
const controllers: ReadonlyMap<string, string> = new Map([
  ['nginx', 'ingress-nginx'],
  ['traefik', 'Traefik'],
]);

function namespacesOfClass({ class: name, parents }: DoorOf<'gateway'>): string[] {
  const own = parents.map(({ namespace }) => namespace);
  const fixed = name === 'envoy' ? ['envoy-gateway-system'] : [];
  switch (name) {
    case 'traefik':
      return ['kube-system', 'traefik'];
    case 'envoy':
    case 'istio':
    case 'kgateway':
    case 'nginx':
      return [...new Set([...fixed, ...own])];
    // Cilium's runs on every node, and those of clouds outside of the cluster.
    case 'cilium':
    case 'gke':
    case 'other':
      return [];
  }
}

function namespacesOfController(program: string | undefined): string[] {
  switch (program) {
    case 'ingress-nginx':
      return ['ingress-nginx'];
    case 'Traefik':
      return ['kube-system', 'traefik'];
    default:
      return [];
  }
}
