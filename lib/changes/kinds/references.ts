import { apiGroupOf } from '../../manifests/api-group.ts';
import type { Inventory } from '../../manifests/inventory.ts';
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
  return [...found.values()].map(({ kind, namespace, name, file }) => ({
    grade: 'steps',
    topic: 'other',
    what: 'need',
    to: `${kind}/${name}`,
    sentence: `The ${kind} ${namespace === '' ? '' : `${namespace}/`}${name} must exist, and did not have to: no manifest here makes it.`,
    steps: [
      `Before merging: kubectl get ${kind.toLowerCase()} ${name}${namespace === '' ? '' : ` --namespace ${namespace}`}`,
    ],
    pairs: pairs.filter((pair) => pair.after?.manifest.file === file),
    fields: [''],
  }));
}

const readers: ReadonlySet<string> = new Set([
  'Certificate',
  'CronJob',
  'DaemonSet',
  'Deployment',
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
  readonly file: string;
}

function identity({ kind, namespace, name }: Reference): string {
  return `${kind} ${namespace}/${name}`;
}

function referencesIn(side: Side): Reference[] {
  return [...side.inventories.values()].flatMap((inventory) =>
    [...claimsOf(inventory), ...issuersOf(inventory), ...middlewaresOf(inventory)].flatMap(
      ({ apiGroup, ...reference }) =>
        inventory.find(apiGroup, reference.kind, reference.namespace || undefined, reference.name) ===
        undefined
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
        : [{ apiGroup: '', kind: 'PersistentVolumeClaim', namespace, name: claim.text, file: manifest.file }],
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
      : [{ apiGroup: 'cert-manager.io', kind, namespace, name, file: certificate.manifest.file }];
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
          : [{ apiGroup, kind: 'Middleware', namespace, name, file: route.manifest.file }];
      }),
    );
  });
}
