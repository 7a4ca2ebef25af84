import { Cluster, Database } from '@cdk8s/imports-cnpg';
import { databaseSpec } from '../components/database-spec.ts';
import { vectorIndexScript } from '../components/vector-index-script.ts';
import { yamlOf } from '../dist/yaml.ts';
import { drillDatabase } from '../drill/drill-database.ts';
import { instances } from '../kubernetes/cnpg/instances.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { Field } from '../manifests/field.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { postgresVersions } from '../values/image.ts';
import { isOther } from '../values/rehearsal.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';
import {
  copyScript,
  countScript,
  lookAtMigrationScript,
  lookAtUpgradeScript,
  serveScript,
  upgradeScript,
  verdictScript,
} from './scripts.ts';
import { questionsOf } from './sql.ts';

/** What the steps of a rehearsal run and ask, as files. */
export function filesOf(plan: RehearsalPlan): { readonly [file: string]: string } {
  const { change, copy, next, expectations } = plan;
  const [isUpgraded, isMigrated] = [isOther(change.database), isOther(change.server)];
  return {
    'cluster.yaml': drillDatabase(copy),
    'copy.sh': copyScript(plan),
    'count.sh': countScript(),
    ...(isUpgraded
      ? {
          'upgrade.json': upgradePatch(plan),
          'database.yaml': database(plan),
          'upgrade.sh': upgradeScript(plan),
          'vector-indexes.sh': vectorIndexScript(postgresVersions(next.image)?.vectorchord),
          'look-at-upgrade.sh': lookAtUpgradeScript(plan),
        }
      : {}),
    ...(isMigrated ? { 'serve.sh': serveScript(plan), 'look-at-migration.sh': lookAtMigrationScript() } : {}),
    'verdict.sh': verdictScript(plan),
    ...questionsOf(copy.expectations, expectations, { isUpgraded, isMigrated }),
  };
}

/** What becomes of the copy: the next image, under the settings that it shall have. */
function upgradePatch({ copy, next }: RehearsalPlan): string {
  const { walStorage, ...made } = instances(next.cnpg, next.image);
  const object: KubernetesObject = Cluster.manifest({
    metadata: { name: copy.database },
    spec: { ...made, instances: 1 },
  });
  const spec = Field.of({ file: '', object, comments: [], position: () => undefined }).at('spec');
  const replaced = (field: string) => ({
    op: 'replace',
    path: `/spec/${field}`,
    value: spec.at(field).value,
  });
  return `${JSON.stringify(['imageName', 'postgresql', 'resources'].map(replaced), null, 2)}\n`;
}

/** The object by which CloudNativePG updates the extensions of the copy; it belongs to the Job. */
function database({ copy, next }: RehearsalPlan): string {
  const object: KubernetesObject = Database.manifest({
    metadata: {
      name: copy.database,
      namespace: copy.namespace,
      labels: ownLabels,
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'Job', name: 'JOB_NAME', uid: 'JOB_UID', blockOwnerDeletion: false },
      ],
    },
    spec: databaseSpec(copy.database, next.image),
  });
  return yamlOf({ file: 'database.yaml', object, comments: [] });
}
