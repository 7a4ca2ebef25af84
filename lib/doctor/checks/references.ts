import type { Database } from '../../installation/database.ts';
import type { Door } from '../../installation/door.ts';
import { apiGroupOf } from '../../manifests/api-group.ts';
import type { Field } from '../../manifests/field.ts';
import { enumerate } from '../../values/parsed.ts';
import { barrierOf, type RouteNamespace } from '../allowed-routes.ts';
import type { Check, Subject } from '../check.ts';
import { judge, sayError, sayWell } from '../finding.ts';
import { conditionOf, live } from '../live.ts';
import { namespaceLabels } from '../namespace-labels.ts';
import { objectPath } from '../path.ts';

/** Whether the objects of others are there that the installation file names. */
export const references: Check = {
  id: 'references',
  title: 'Objects of others',
  isOfLife: false,
  look: async (subject, cluster) => {
    const labels =
      subject.plan.installation.route.door.kind === 'gateway'
        ? await namespaceLabels(subject, cluster)
        : undefined;
    const looked = referencesOf(subject).map(async ({ kind, key, ...place }) => {
      const { apiVersion, resource, namespace, name } = place;
      const called = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
      return judge(await cluster.get(objectPath({ apiVersion, resource, namespace }, name)), called, {
        seen: (value) => {
          const object = live(value);
          const refusals = kind === 'Gateway' ? refusalsOf(object, place, subject, labels) : [];
          return refusals.length === 0
            ? [sayWell(`${called} is there, for ${key}.`)]
            : refusals.map((why) =>
                sayError(
                  `${called} ${why}`,
                  `${subject.kubectl} get ${fullNameOf(place)} ${name} --namespace ${namespace} --output yaml`,
                ),
              );
        },
        absent: () => [
          sayError(
            `${called} is missing, and ${key} names it.`,
            `${subject.kubectl} get ${fullNameOf(place)}${namespace === undefined ? '' : ' --all-namespaces'}`,
            `Make it, or write another name into ${subject.file}.`,
          ),
        ],
      });
    });
    return (await Promise.all(looked)).flat();
  },
};

/** A kind as kubectl finds it, whoever else has one of that name. */
function fullNameOf({ apiVersion, resource }: Pick<Reference, 'apiVersion' | 'resource'>): string {
  const group = apiGroupOf(apiVersion);
  return group === '' ? resource : `${resource}.${group}`;
}

/** Why a Gateway does not let the route in, as far as it says so. */
function refusalsOf(
  gateway: Field,
  { namespace, name }: Pick<Reference, 'namespace' | 'name'>,
  { plan }: Subject,
  labels: RouteNamespace['labels'],
): readonly string[] {
  // https://gateway-api.sigs.k8s.io/geps/gep-1364/
  const refused = ['Accepted', 'Programmed']
    .map((type) => conditionOf(gateway, type))
    .find((one) => one?.at('status').text === 'False');
  if (refused !== undefined) return [`does not work: ${refused.at('message').text ?? 'no reason is given'}`];
  const { route, namespace: own } = plan.installation;
  const parents = route.door.kind === 'gateway' ? route.door.parents : [];
  const sections = parents
    .filter((parent) => parent.namespace === namespace && parent.name === name)
    .map(({ section }) => section);
  const listeners = gateway.at('spec', 'listeners').items;
  const names = listeners.flatMap((listener) => listener.at('name').text ?? []);
  return sections.flatMap((section) => {
    if (section !== undefined && !names.includes(section)) {
      return [`has no listener ${section}, which route.gateway.parents names. It has ${enumerate(names)}.`];
    }
    const meant = listeners.filter((one) => section === undefined || one.at('name').text === section);
    const barriers = meant.map((one) => barrierOf(one, namespace, { name: own, labels }));
    if (meant.length === 0 || barriers.includes(undefined)) return [];
    return barriers.includes('labels')
      ? [
          `lets in only namespaces with labels that ${own} does not have: give it those that allowedRoutes.namespaces.selector of its listener asks for.`,
        ]
      : [
          `lets no routes of other namespaces in, and ours is in ${own}: allowedRoutes: { namespaces: { from: All } } on its listener would.`,
        ];
  });
}

interface Reference {
  readonly kind: string;
  readonly apiVersion: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The key of the installation file. */
  readonly key: string;
}

function referencesOf({ plan, cluster }: Subject): Reference[] {
  const { clusters, database, exists, namespace, route, volumes } = plan.installation;
  if (cluster !== clusters.app) return [];
  const middleware = {
    ...{ kind: 'Middleware', apiVersion: 'traefik.io/v1alpha1', resource: 'middlewares', namespace },
  };
  const login = route.authentication?.middleware;
  return [
    ...Object.entries(volumes).flatMap(([key, volume]) =>
      volume?.kind === 'existing'
        ? [
            {
              ...{
                kind: 'PersistentVolumeClaim',
                apiVersion: 'v1',
                resource: 'persistentvolumeclaims',
                namespace,
              },
              ...{ name: volume.claim, key: `volumes.${key}.existingClaim` },
            },
          ]
        : [],
    ),
    ...(login === undefined ? [] : [{ ...middleware, name: login, key: 'route.authentication.middleware' }]),
    ...route.middlewares.map((name) => ({ ...middleware, name, key: 'route.middlewares' })),
    ...doorReferences(route.door),
    ...exists.flatMap(({ kind, name, namespace: other }) =>
      (resourcesOfOthers.get(kind) ?? []).map((resource) => ({
        ...{ kind, name, key: 'exists', ...resource },
        namespace: resource.isOfCluster ? undefined : (other ?? namespace),
      })),
    ),
    ...databaseReferences(database),
  ];
}

/** A Cluster that others own. */
function databaseReferences(database: Database): Reference[] {
  if (database.kind !== 'external' || database.cluster === undefined) return [];
  const { name, namespace } = database.cluster;
  return [
    {
      ...{ kind: 'Cluster', apiVersion: 'postgresql.cnpg.io/v1', resource: 'clusters' },
      ...{ namespace, name, key: 'database.cnpg.existing' },
    },
  ];
}

interface ResourceOfOthers {
  readonly apiVersion: string;
  readonly resource: string;
  readonly isOfCluster: boolean;
}

/** The kinds that people name as made by others, as far as the way to ask for them is known. Secrets are looked at elsewhere. */
const resourcesOfOthers: ReadonlyMap<string, readonly ResourceOfOthers[]> = new Map(
  (
    [
      ['ConfigMap', 'v1', 'configmaps', false],
      ['PersistentVolumeClaim', 'v1', 'persistentvolumeclaims', false],
      ['ServiceAccount', 'v1', 'serviceaccounts', false],
      ['Middleware', 'traefik.io/v1alpha1', 'middlewares', false],
      ['PriorityClass', 'scheduling.k8s.io/v1', 'priorityclasses', true],
      ['StorageClass', 'storage.k8s.io/v1', 'storageclasses', true],
    ] as const
  ).map(([kind, apiVersion, resource, isOfCluster]) => [kind, [{ apiVersion, resource, isOfCluster }]]),
);

function doorReferences(door: Door): Reference[] {
  const ofNetworking = {
    apiVersion: 'networking.k8s.io/v1',
    resource: 'ingressclasses',
    namespace: undefined,
  };
  switch (door.kind) {
    case 'gateway':
      return door.parents.map(({ name, namespace }) => ({
        ...{ kind: 'Gateway', apiVersion: 'gateway.networking.k8s.io/v1', resource: 'gateways' },
        ...{ namespace, name, key: 'route.gateway.parents' },
      }));
    case 'ingress':
      return [{ kind: 'IngressClass', ...ofNetworking, name: door.class, key: 'route.ingress.class' }];
    case 'tailscale':
      return [{ kind: 'IngressClass', ...ofNetworking, name: 'tailscale', key: 'route.tailscale' }];
    case 'traefik':
    case 'none':
      return [];
  }
}
