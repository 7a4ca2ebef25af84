import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, home, tachtit } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

const monitored: Edit = [
  '\ndatabase:\n',
  '\nmonitoring: { enabled: true, labels: { release: prometheus } }\ndatabase:\n',
];

function ruleOf(text: string) {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  const [, written] = [...(files ?? [])].find(([file]) => file.includes('/prometheusrule.')) ?? [];
  return written === undefined ? undefined : parse(written);
}

function expressions(text: string): Record<string, string> {
  const rules: { alert: string; expr: string }[] = ruleOf(text).spec.groups[0].rules;
  return Object.fromEntries(rules.map(({ alert, expr }) => [alert, expr]));
}

test('without monitoring there are none', () => {
  expect(ruleOf(home)).toBeUndefined();
});

test('an object that the Prometheus operator takes, with the labels that it looks for', () => {
  const rule = ruleOf(edited(home, monitored));
  expect(validateStrictly(rule)).toEqual([]);
  expect(rule.metadata.labels).toMatchObject({ release: 'prometheus' });
});

test('the metrics of the plugin', () => {
  const found = expressions(edited(home, monitored));
  const last =
    'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{namespace="immich",pod=~"immich-db-[0-9]+"}';
  expect(found['ImmichBackupMissing']).toBe(
    `time() - max(max_over_time(${last}[1h])) > 93600 or absent(${last})`,
  );
  expect(found['ImmichBackupsTooMany']).toBe(`max(changes(${last}[1d])) > 2`);
  expect(JSON.stringify(found)).not.toContain('cnpg_collector_last_available');
});

test('the metrics of the in-tree form', () => {
  const found = expressions(edited(tachtit, monitored));
  expect(found['ImmichBackupMissing']).toContain('cnpg_collector_last_available_backup_timestamp{');
  expect(JSON.stringify(found)).not.toContain('barman_cloud_cloudnative_pg_io');
});

test('the schedule decides when a backup is missing', () => {
  const weekly = edited(home, monitored, ['    backup:\n', '    backup:\n      schedule: "0 0 3 * * 0"\n']);
  expect(expressions(weekly)['ImmichBackupMissing']).toContain(`> ${7 * 86_400 + 7200} `);
});

test('the drill: failed, and overdue a day after it should have ended', () => {
  const found = expressions(edited(home, monitored));
  expect(found['ImmichDrillFailed']).toContain(
    'kube_job_status_failed{namespace="immich-drill",job_name=~"immich-drill-.*"}',
  );
  expect(found['ImmichDrillOverdue']).toContain(`> ${7 * 86_400 + 4 * 3600 + 86_400}`);
});

test('no drill, no alerts about it', () => {
  const text = edited(home, monitored, [
    '    backup:\n',
    '    backup:\n      drill: none\n      reason: tried by hand\n',
  ]);
  expect(Object.keys(expressions(text))).toEqual([
    'ImmichBackupMissing',
    'ImmichBackupsTooMany',
    'ImmichArchivingFailing',
    'ImmichArchivingLate',
  ]);
});
