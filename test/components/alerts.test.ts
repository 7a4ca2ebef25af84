import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, home, homeWithoutBackup, k3s, tachtit } from '../installation/example.ts';
import { problemsOf } from '../promtool.ts';
import { validateStrictly } from '../schemas/validate.ts';

const monitored: Edit = [
  '\ndatabase:\n',
  '\nmonitoring: { enabled: true, labels: { release: prometheus } }\ndatabase:\n',
];
const page = 'https://git.example.com/me/home/RUNBOOK.md';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly [name: string]: string };
}

/** The PrometheusRules of an installation by their files, and its runbook. */
function synthesized(text: string) {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  const all = [...(files ?? [])];
  return {
    objects: all
      .filter(([file]) => file.includes('/prometheusrule.'))
      .map(([file, text]) => ({ file, object: parse(text) })),
    runbook: all.find(([file]) => file.endsWith('RUNBOOK.md'))?.[1] ?? '',
  };
}

function rulesOf(text: string): Rule[] {
  return synthesized(text).objects.flatMap(({ object }) => object.spec.groups[0].rules);
}

function expressions(text: string): Record<string, string> {
  return Object.fromEntries(rulesOf(text).map(({ alert, expr }) => [alert, expr]));
}

test('without monitoring there are none', () => {
  expect(rulesOf(home)).toEqual([]);
  expect(synthesized(home).runbook).not.toContain('When an alert fires');
});

test.each([
  ['home', edited(home, monitored)],
  ['home with VolSync', edited(home, monitored, [homeWithoutBackup, 'backup: { volsync: {} }'])],
  ['home with Longhorn', edited(home, monitored, [homeWithoutBackup, 'backup: { longhorn: {} }'])],
  ['k3s', edited(k3s, monitored)],
  ['tachtit', edited(tachtit, monitored)],
])('objects that the Prometheus operator takes, and expressions that Prometheus takes: %s', (_, text) => {
  const { objects } = synthesized(text);
  for (const { object } of objects) {
    expect(validateStrictly(object)).toEqual([]);
    expect(object.metadata.labels).toMatchObject({ release: 'prometheus' });
    expect(problemsOf(object.spec)).toBe('');
  }
  expect(objects.length).toBeGreaterThan(0);
});

test('what is wrong in an expression is told', () => {
  const rules = { groups: [{ name: 'x', rules: [{ alert: 'X', expr: 'sum(up' }] }] };
  expect(problemsOf(rules)).toContain('could not parse expression');
});

test('alerts of the files stand beside a database of others, too', () => {
  const text = edited(k3s, monitored, [
    'backup: none\n    reason: nothing copies it yet, and the snapshots below only undo a mistake',
    'backup: { longhorn: {} }',
  ]);
  expect(Object.keys(expressions(text))).toContain('ImmichFilesBackupMissing');
});

test('each cluster has the alerts of what runs in it', () => {
  const files = synthesized(edited(tachtit, monitored)).objects.map(({ file }) =>
    file.replace(/^dist\//, ''),
  );
  expect(files).toEqual([
    'tachtit/tachtit/monitoring/prometheusrule.immich.yaml',
    'tachtit/tachtit-data/monitoring/prometheusrule.immich-db-tachtit-cnpg-v0-backup.yaml',
    'tachtit/tachtit-data/monitoring/prometheusrule.immich-db-tachtit-cnpg-v0.yaml',
  ]);
});

test('each alert leads to a heading of the runbook', () => {
  const text = edited(
    home,
    ['\ndatabase:\n', `\nmonitoring: { enabled: true, runbook: "${page}" }\ndatabase:\n`],
    [homeWithoutBackup, 'backup: { volsync: {} }'],
  );
  const headings = [...synthesized(text).runbook.matchAll(/^#+ (\w+)$/gm)].map(([, title]) =>
    title?.toLowerCase(),
  );
  const links = rulesOf(text).map(({ annotations }) => annotations['runbook_url']?.split('#'));
  expect(links.length).toBeGreaterThan(12);
  for (const link of links) {
    expect(link?.[0]).toBe(page);
    expect(headings).toContain(link?.[1]);
  }
});

test('where nothing is known of an address, the path in the repository stands in no link', () => {
  for (const { annotations } of rulesOf(edited(home, monitored))) {
    expect(annotations['runbook']).toBe('dist/home/RUNBOOK.md');
    expect(annotations['runbook_url']).toBeUndefined();
  }
});

test('the metrics of the plugin, and those of the in-tree form', () => {
  const plugin = JSON.stringify(expressions(edited(home, monitored)));
  const inTree = JSON.stringify(expressions(edited(tachtit, monitored)));
  expect(plugin).toContain('barman_cloud_cloudnative_pg_io_last_available_backup_timestamp');
  expect(plugin).not.toContain('cnpg_collector_last_available');
  expect(inTree).toContain('cnpg_collector_last_available_backup_timestamp');
  expect(inTree).not.toContain('barman_cloud_cloudnative_pg_io');
});

test('the schedule decides when a backup is missing', () => {
  const weekly = edited(home, monitored, ['    backup:\n', '    backup:\n      schedule: "0 0 3 * * 0"\n']);
  expect(expressions(weekly)['ImmichBackupMissing']).toContain(`> ${7 * 86_400 + 7200} `);
});

test('no drill, no alerts about it', () => {
  const text = edited(home, monitored, [
    '    backup:\n',
    '    backup:\n      drill: none\n      reason: tried by hand\n',
  ]);
  expect(Object.keys(expressions(text)).filter((name) => name.startsWith('ImmichDrill'))).toEqual([]);
});
