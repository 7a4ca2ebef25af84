import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const immich = server(
  'volumeMounts: [{ name: library, mountPath: /data }]',
  'volumes: [{ name: library, persistentVolumeClaim: { claimName: library } }]',
);

function source(spec: string, claim = 'library', namespace = 'immich'): string {
  return documents(
    immich,
    `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: copy, namespace: ${namespace} }
spec: { sourcePVC: ${claim}, ${spec} restic: { repository: restic } }`,
  );
}

test.each<[string, string, string[]]>([
  ['five fields', source('trigger: { schedule: "0 4 * * *" },'), []],
  ['a time zone', source('trigger: { schedule: "TZ=Europe/Zurich 0 4 * * *" },'), []],
  ['six fields', source('trigger: { schedule: "0 0 4 * * *" },'), ['warning spec.trigger.schedule']],
  ['four fields', source('trigger: { schedule: "0 4 * *" },'), ['warning spec.trigger.schedule']],
  ['a name', source('trigger: { schedule: "@daily" },'), []],
  ['by hand', source('trigger: { manual: once },'), []],
  ['what Flux fills in', source('trigger: { schedule: "\u0024{SCHEDULE}" },'), []],
  ['paused', source('paused: true, trigger: { schedule: "0 4 * * *" },'), ['warning spec.paused']],
  ['not paused', source('paused: false, trigger: { schedule: "0 4 * * *" },'), []],
  ['a claim of others', source('paused: true,', 'wiki'), []],
  ['another namespace', source('paused: true,', 'library', 'media'), []],
])('%s', (_, text, expected) => {
  expect(said('file-backup-never-runs', text)).toEqual(expected);
});
