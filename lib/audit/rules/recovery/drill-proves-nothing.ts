import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { quote } from '../../../text/quoting.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const drillProvesNothing: Rule = {
  id: 'drill-proves-nothing',
  severity: 'warning',
  whose: 'ours',
  meaning: 'A restore drill never asks the restored database anything, so that an empty one passes too.',
  why: "PostgreSQL also starts from a backup of an empty database, or from one that is months old. A drill that only waits for readiness is green in all these cases; only a look at rows, dates and extensions shows that the photos' data is there.",
  url: 'https://cloudnative-pg.io/documentation/current/recovery/',
  examples: {
    good: documents(
      drill('psql --host drill-rw --file /etc/drill/assert.sql'),
      // Backing up is no drill.
      job('barman-cloud-backup --cloud-provider aws-s3 s3://immich immich-db'),
    ),
    broken: {
      'psql --host drill-rw --file /etc/drill/assert.sql':
        'kubectl wait --for=condition=Ready clusters.postgresql.cnpg.io/drill --timeout=1h',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      if (!['CronJob', 'Job'].includes(workload.kind)) continue;
      const { text, isWhole } = runBy(inventory, workload);
      if (isWhole && restores.test(text) && !asks.test(text)) {
        report(workload.field.at('metadata', 'name'), {
          message: `${workload.kind} ${quote(workload.name)} restores a backup and is content when the server starts; a backup of an empty database, or one that is months old, starts just as well.`,
          fix: 'Have it run psql against the restored database: count users and assets, look at the newest one, and search by a vector.',
        });
      }
    }
  },
};

/** What starts a restore: Barman itself, or a Cluster that is created from a backup. */
const restores =
  /barman-cloud-restore|kind:\s*Cluster\b[\s\S]*\brecovery:|\brecovery:[\s\S]*kind:\s*Cluster\b/;

/** What looks into a database. Programs of one's own are not known, so that their image tells nothing. */
const asks = /\bpsql\b|\bpg_dump\b|\bselect\b[\s\S]*\bfrom\b|\bnode\b|\bpython3?\b|\bgo\b|psycopg/i;

/** Everything that the containers of a workload are told to run, and whether that is all they could run. */
function runBy(inventory: Inventory, { pod, volumes, namespace }: WorkloadView) {
  const containers = [...pod.at('initContainers').items, ...pod.at('containers').items];
  const commands = containers.map((one) => [...one.at('command').texts, ...one.at('args').texts]);
  const maps = volumes
    .map(({ field }) => field.at('configMap', 'name'))
    .filter(({ exists }) => exists)
    .map(({ text }) => dataOf(inventory, namespace, text));
  return {
    text: [...commands.flat(), ...maps.flatMap((map) => map ?? [])].join('\n'),
    // An image's own command, or a file that was not read, may do anything.
    isWhole: commands.every((command) => command.length > 0) && maps.every((map) => map !== undefined),
  };
}

/** The texts of a ConfigMap; undefined for one that was not read. */
function dataOf(inventory: Inventory, namespace: string | undefined, name: string | undefined) {
  const maps = inventory
    .all('', 'ConfigMap')
    .filter((map: Field) => map.at('metadata', 'name').text === name)
    .filter((map: Field) => map.at('metadata', 'namespace').text === namespace);
  return maps[0]?.at('data').entries.flatMap(([, { text }]) => text ?? []);
}

/** A drill that restores into a throw-away Cluster and then does one thing. */
function drill(then: string): string {
  return documents(
    `apiVersion: v1
kind: ConfigMap
metadata: { name: drill, namespace: immich-drill }
data:
  cluster.yaml: |
    apiVersion: postgresql.cnpg.io/v1
    kind: Cluster
    metadata: { name: drill }
    spec: { instances: 1, bootstrap: { recovery: { source: origin } } }`,
    `${job(`kubectl create --filename /etc/drill/cluster.yaml && ${then}`)}
              volumeMounts: [{ name: files, mountPath: /etc/drill }]
          volumes: [{ name: files, configMap: { name: drill } }]`,
  );
}

function job(command: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: drill, namespace: immich-drill }
spec:
  schedule: "0 5 * * 0"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: drill
              image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
              command: [/bin/sh, -c, ${JSON.stringify(command)}]`;
}
