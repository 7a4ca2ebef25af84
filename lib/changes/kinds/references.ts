import { apiGroupOf } from '../../manifests/api-group.ts';
import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Comparison, Draft, Side } from '../comparison.ts';

/** Objects of other owners that must exist before a change is merged and did not have to: claims, issuers, middlewares. */
export function references(comparison: Comparison): Draft[] {
  if (!comparison.pairs.some(({ kind }) => readers.has(kind))) return [];
  const { before, after, renames, pairs } = comparison;
  const earlier = new Set(
    referencesIn(before).map((one) =>
      identity({ ...one, namespace: renames.namespaces.get(one.namespace) ?? one.namespace }),
    ),
  );
  const found = new Map(
    referencesIn(after)
      .filter((one) => !earlier.has(identity(one)))
      .map((one) => [identity(one), one]),
  );
  return [...found.values()].map(({ kind, namespace, name, manifest }) => ({
    grade: 'steps',
    topic: 'other',
    what: 'need',
    to: `${kind}/${name}`,
    sentence: `The ${kind} ${namespace === '' ? '' : `${namespace}/`}${name} must exist, and did not have to: no manifest here makes it.`,
    steps: [
      `Before merging: kubectl get ${kind.toLowerCase()} ${name}${namespace === '' ? '' : ` --namespace ${namespace}`}`,
    ],
    pairs: pairs.filter((pair) => pair.after?.manifest === manifest),
    fields: [''],
  }));
}

const readers: ReadonlySet<string> = new Set([
  'Certificate',
  'Cluster',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'ExternalSecret',
  'HTTPRoute',
  'Ingress',
  'IngressRoute',
  'Job',
  'PersistentVolumeClaim',
  'StatefulSet',
]);

/** An object that is named, and that no manifest makes. */
interface Reference {
  readonly kind: string;
  /** '' for objects without a namespace. */
  readonly namespace: string;
  readonly name: string;
  /** Who names it. */
  readonly manifest: Manifest;
}

function identity({ kind, namespace, name }: Reference): string {
  return `${kind} ${namespace}/${name}`;
}

function referencesIn(side: Side): Reference[] {
  return [...side.inventories.values()].flatMap((inventory) =>
    [
      ...claimsOf(inventory),
      ...issuersOf(inventory),
      ...middlewaresOf(inventory),
      ...classesOf(inventory),
      ...gatewaysOf(inventory),
      ...storesOf(inventory),
    ].flatMap(({ apiGroup, ...reference }) =>
      inventory.find(apiGroup, reference.kind, reference.namespace || undefined, reference.name) === undefined
        ? [reference]
        : [],
    ),
  );
}

type Named = Reference & { readonly apiGroup: string };

function claimsOf(inventory: Inventory): Named[] {
  return inventory.workloads.flatMap(({ volumes, namespace = '', manifest }) =>
    volumes.flatMap(({ claim }): Named[] =>
      claim?.text === undefined
        ? []
        : [{ apiGroup: '', kind: 'PersistentVolumeClaim', namespace, name: claim.text, manifest }],
    ),
  );
}

function issuersOf(inventory: Inventory): Named[] {
  return inventory.all('cert-manager.io', 'Certificate').flatMap((certificate): Named[] => {
    const [kind, name] = [
      certificate.at('spec', 'issuerRef', 'kind').text ?? 'Issuer',
      certificate.at('spec', 'issuerRef', 'name').text,
    ];
    const namespace = kind === 'ClusterIssuer' ? '' : (certificate.at('metadata', 'namespace').text ?? '');
    return name === undefined
      ? []
      : [{ apiGroup: 'cert-manager.io', kind, namespace, name, manifest: certificate.manifest }];
  });
}

function middlewaresOf(inventory: Inventory): Named[] {
  return inventory.all('traefik.io', 'IngressRoute').flatMap((route) => {
    const own = route.at('metadata', 'namespace').text ?? '';
    const apiGroup = apiGroupOf(route.manifest.object.apiVersion);
    return route.at('spec', 'routes').items.flatMap((rule) =>
      rule.at('middlewares').items.flatMap((middleware): Named[] => {
        const name = middleware.at('name').text;
        const namespace = middleware.at('namespace').text ?? own;
        return name === undefined
          ? []
          : [{ apiGroup, kind: 'Middleware', namespace, name, manifest: route.manifest }];
      }),
    );
  });
}

/** Classes of pods and of Ingresses, without which the API server refuses the pod, or nobody serves the Ingress. */
function classesOf(inventory: Inventory): Named[] {
  const pods = inventory.workloads.flatMap(({ pod, manifest }): Named[] => [
    ...clusterWide('scheduling.k8s.io', 'PriorityClass', pod.at('priorityClassName'), manifest),
    ...clusterWide('node.k8s.io', 'RuntimeClass', pod.at('runtimeClassName'), manifest),
  ]);
  const databases = inventory
    .all('postgresql.cnpg.io', 'Cluster')
    .flatMap((one) =>
      clusterWide('scheduling.k8s.io', 'PriorityClass', one.at('spec', 'priorityClassName'), one.manifest),
    );
  const ingresses = inventory
    .all('networking.k8s.io', 'Ingress')
    .flatMap((one) =>
      clusterWide('networking.k8s.io', 'IngressClass', one.at('spec', 'ingressClassName'), one.manifest),
    );
  // Kubernetes itself makes those of its own, such as system-cluster-critical.
  return [...pods, ...databases, ...ingresses].filter(({ name }) => !name.startsWith('system-'));
}

function clusterWide(apiGroup: string, kind: string, { text }: Field, manifest: Manifest): Named[] {
  return text === undefined ? [] : [{ apiGroup, kind, namespace: '', name: text, manifest }];
}

function gatewaysOf(inventory: Inventory): Named[] {
  return inventory.all('gateway.networking.k8s.io', 'HTTPRoute').flatMap((route) =>
    route.at('spec', 'parentRefs').items.flatMap((parent): Named[] => {
      const name = parent.at('name').text;
      const namespace = parent.at('namespace').text ?? route.at('metadata', 'namespace').text ?? '';
      return name === undefined || (parent.at('kind').text ?? 'Gateway') !== 'Gateway'
        ? []
        : [
            {
              apiGroup: 'gateway.networking.k8s.io',
              kind: 'Gateway',
              namespace,
              name,
              manifest: route.manifest,
            },
          ];
    }),
  );
}

function storesOf(inventory: Inventory): Named[] {
  return inventory.all('external-secrets.io', 'ExternalSecret').flatMap((secret): Named[] => {
    const store = secret.at('spec', 'secretStoreRef');
    const [name, kind] = [store.at('name').text, store.at('kind').text ?? 'SecretStore'];
    const namespace = kind === 'ClusterSecretStore' ? '' : (secret.at('metadata', 'namespace').text ?? '');
    return name === undefined
      ? []
      : [{ apiGroup: 'external-secrets.io', kind, namespace, name, manifest: secret.manifest }];
  });
}
