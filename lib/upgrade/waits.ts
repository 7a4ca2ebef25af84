import type { Change } from '../changes/change.ts';
import { applyNow } from '../runbook/delivery.ts';
import type { Names } from '../runbook/names.ts';

/**
 * The commands that end when a commit has arrived. Flux is asked for each layer by itself: a layer that is Ready may
 * still be so of the commit before.
 */
export function waitsFor(names: Names, changes: readonly Change[]): string[] {
  const { app, data, namespace, server, installation, plan } = names;
  const { database } = installation;
  const told = changes.filter(({ grade }) => grade !== 'routine');
  if (told.length === 0) return [];
  const touches = (kind: string) =>
    told.some(({ objects }) => objects.some((object) => object.startsWith(`${kind} `)));
  const ofDatabase =
    database.kind === 'cnpg' && touches('Cluster')
      ? [
          ...applyNow(names, 'data', 'database'),
          `${data} wait clusters.postgresql.cnpg.io/${database.cnpg.name} --namespace ${namespace} --for=condition=Ready --timeout=60m`,
          ...applyNow(names, 'data', 'indexes', false),
        ]
      : [];
  const hasSource = ofDatabase.length > 0 && !plan.isRemote;
  return [
    ...ofDatabase,
    ...applyNow(names, 'app', 'app', !hasSource),
    ...(touches('Deployment')
      ? [`${app} rollout status deployment/${server} --namespace ${namespace} --timeout=40m`]
      : []),
  ];
}
