import type { Check, Subject } from '../check.ts';
import { judged, well, wrong } from '../finding.ts';
import { objectPath } from '../path.ts';

/** Whether the objects of others are there that the installation file names. */
export const references: Check = {
  id: 'references',
  title: 'Objects of others',
  isOfLife: false,
  look: async (subject, cluster) => {
    const { namespace } = subject.plan.installation;
    const looked = referencesOf(subject).map(async ({ kind, apiVersion, resource, name, key }) => {
      const called = `${kind} ${namespace}/${name}`;
      return judged(await cluster.get(objectPath({ apiVersion, resource, namespace }, name)), called, {
        seen: () => [well(`${called} is there, for ${key}.`)],
        absent: () => [
          wrong(
            `${called} is missing, and ${key} names it.`,
            `${subject.kubectl} get ${resource} --namespace ${namespace}`,
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
  readonly name: string;
  /** The key of the installation file. */
  readonly key: string;
}

function referencesOf({ plan, cluster }: Subject): Reference[] {
  const { clusters, route, volumes } = plan.installation;
  if (cluster !== clusters.app) return [];
  const middleware = { kind: 'Middleware', apiVersion: 'traefik.io/v1alpha1', resource: 'middlewares' };
  const login = route.authentication?.middleware;
  return [
    ...Object.entries(volumes).flatMap(([key, volume]) =>
      volume?.kind === 'existing'
        ? [
            {
              ...{ kind: 'PersistentVolumeClaim', apiVersion: 'v1', resource: 'persistentvolumeclaims' },
              ...{ name: volume.claim, key: `volumes.${key}.existingClaim` },
            },
          ]
        : [],
    ),
    ...(login === undefined ? [] : [{ ...middleware, name: login, key: 'route.authentication.middleware' }]),
    ...route.middlewares.map((name) => ({ ...middleware, name, key: 'route.middlewares' })),
  ];
}
