import type { Door } from '../../installation/door.ts';
import type { Check, Subject } from '../check.ts';
import { judge, sayError, sayWell } from '../finding.ts';
import { conditionOf, live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the objects of others are there that the installation file names. */
export const references: Check = {
  id: 'references',
  title: 'Objects of others',
  isOfLife: false,
  look: async (subject, cluster) => {
    const looked = referencesOf(subject).map(async ({ kind, key, ...place }) => {
      const { apiVersion, resource, namespace, name } = place;
      const called = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
      return judge(await cluster.get(objectPath({ apiVersion, resource, namespace }, name)), called, {
        seen: (value) => {
          // https://gateway-api.sigs.k8s.io/geps/gep-1364/
          const programmed = conditionOf(live(value), 'Programmed');
          return programmed?.at('status').text === 'False'
            ? [sayError(`${called} does not work: ${programmed.at('message').text ?? 'no reason is given'}`)]
            : [sayWell(`${called} is there, for ${key}.`)];
        },
        absent: () => [
          sayError(
            `${called} is missing, and ${key} names it.`,
            `${subject.kubectl} get ${resource} --all-namespaces`,
            `Make it, or write another name into ${subject.file}.`,
          ),
        ],
      });
    });
    return (await Promise.all(looked)).flat();
  },
};

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
  const { clusters, exists, namespace, route, volumes } = plan.installation;
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
