import { dataLabel, deletionAnnotation } from '../kubernetes/data.ts';
import { suspend } from './delivery.ts';
import type { Names } from './names.ts';
import { stop } from './restore-database.ts';
import { commands, type Section, steps } from './section.ts';

/** How what holds data is deleted when that is meant. */
export function deletion(names: Names): Section {
  const { app, data, namespace, installation } = names;
  const { database } = installation;
  const selected = `--selector ${dataLabel}=${namespace}`;
  const cluster = 'clusters.postgresql.cnpg.io';
  return {
    title: 'Delete on purpose',
    blocks: [
      'What holds data is refused to whoever deletes it, Flux included, unless it has an annotation that says that it is meant. This deletes the database and all volumes of this installation. Backups in a store stay; so do photos on an NFS export or on a volume whose reclaim policy is Retain.',
      steps(
        ['Stop Flux and the server.', commands(...stop(names), suspend(names, 'app', 'storage'))],
        ...(database.kind === 'cnpg'
          ? [
              [
                'The database:',
                commands(
                  `${data} annotate ${cluster} ${database.cnpg.name} --namespace ${namespace} ${deletionAnnotation}=allowed`,
                  `${data} delete ${cluster} ${database.cnpg.name} --namespace ${namespace}`,
                ),
              ],
            ]
          : []),
        [
          'The volumes. Look at the list first.',
          commands(
            `${app} get pvc --namespace ${namespace} ${selected}`,
            `${app} annotate pvc --namespace ${namespace} ${selected} ${deletionAnnotation}=allowed`,
            `${app} delete pvc --namespace ${namespace} ${selected}`,
          ),
        ],
        `Take the installation file away; \`npx immich-cdk8s synth\` refuses that, and says which line below \`accept\` says that it is meant. Then delete the Kustomization that points at its folder of dist.`,
      ),
    ],
  };
}
