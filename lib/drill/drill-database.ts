import { Cluster } from '@cdk8s/imports-cnpg';
import { yamlOf } from '../dist/yaml.ts';
import { variablesOf } from '../kubernetes/cnpg/archive.ts';
import { instances } from '../kubernetes/cnpg/instances.ts';
import { placementOfDrill } from '../kubernetes/cnpg/placement.ts';
import { recovery, source } from '../kubernetes/cnpg/recovery.ts';
import { identityOf } from '../kubernetes/cnpg/workload-identity.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { databaseName } from '../names.ts';
import type { DrillPlan } from './drill-plan.ts';

/** Stands in the text where the moment belongs. */
export const targetTime = 'TARGET_TIME';

/**
 * The throw-away database as text, with JOB_NAME and JOB_UID where those of the Job belong.
 *
 * It has neither a backup nor plugins, so that it cannot archive anything; its owner is the Job, so that it goes when
 * the Job goes, even if the drill is killed.
 */
export function drillDatabase(plan: DrillPlan): string {
  const { name, database, namespace, cnpg, image, method, store, folder, drill } = plan;
  const { storage, walStorage, ...made } = instances(cnpg, image);
  const cheap = drill.storageClass === undefined ? {} : { storageClass: drill.storageClass };
  const object: KubernetesObject = Cluster.manifest({
    metadata: {
      name: database,
      namespace,
      labels: ownLabels,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: 'JOB_NAME',
          uid: 'JOB_UID',
          blockOwnerDeletion: false,
        },
      ],
    },
    spec: {
      ...made,
      ...placementOfDrill(cnpg),
      ...identityOf(drill.workloadIdentity ?? cnpg.workloadIdentity),
      ...variablesOf({ method, store }),
      instances: 1,
      enablePdb: false,
      enableSuperuserAccess: false,
      storage: { ...storage, ...cheap },
      ...(walStorage === undefined ? {} : { walStorage: { ...walStorage, ...cheap } }),
      bootstrap: {
        recovery: recovery({
          database: databaseName,
          secret: undefined,
          // Written out of the file again by a drill that restores everything.
          from: { time: { text: targetTime }, volumeSnapshot: undefined },
        }),
      },
      externalClusters: [source({ method, store, objectStore: name, folder })],
    },
  });
  return yamlOf({ file: 'cluster.yaml', object, comments: [] });
}
