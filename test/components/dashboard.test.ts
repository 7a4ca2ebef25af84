import { parse } from 'yaml';
import { alertGroupsOf } from '../../lib/plan/alerts.ts';
import { panelsOf } from '../../lib/plan/dashboard.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { isMetric, queues } from '../immich/served-metrics.ts';
import { edited, home, homeWithoutBackup, tachtit } from '../installation/example.ts';
import { planned } from '../plan/alerts/planned.ts';
import { problemsOf } from '../promtool.ts';
import { validateStrictly } from '../schemas/validate.ts';

function dashboardsOf(text: string, monitoring: string) {
  const edit = ['\ndatabase:\n', `\nmonitoring: ${monitoring}\ndatabase:\n`] as const;
  const { files } = synthesize(new Map([['installations/x.yaml', edited(text, edit)]]));
  return [...(files ?? [])]
    .filter(([file]) => file.includes('immich-dashboard.yaml'))
    .map(([file, text]) => ({ file: file.replace(/^dist\//, ''), object: parse(text), text }));
}

const backups = ['backup: { volsync: {} }', 'backup: { longhorn: {} }'];
const texts = [tachtit, ...backups.map((backup) => edited(home, [homeWithoutBackup, backup]))];

test("for the sidecar of Grafana, with the cluster's own parts", () => {
  const [app, database] = dashboardsOf(tachtit, '{ enabled: true }');
  expect([app?.file, database?.file]).toEqual([
    'tachtit/tachtit/monitoring/configmap.immich-dashboard.yaml',
    'tachtit/tachtit-data/monitoring/configmap.immich-dashboard.yaml',
  ]);
  expect(app?.object.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  const titles = [app, database].map(({ object } = { object: {}, file: '', text: '' }) =>
    JSON.parse(object.data['immich-dashboard.json']).panels.map(({ title }: { title: string }) => title),
  );
  expect(titles[0]).toContain('Requests per second');
  expect(titles[0]).not.toContain('Size of the database');
  expect(titles[1]).toContain('Size of the database');
});

test('for the Grafana operator', () => {
  const [one] = dashboardsOf(home, '{ enabled: true, dashboards: { grafanaDashboard: {} } }');
  expect(validateStrictly(one?.object)).toEqual([]);
  expect(one?.object.spec.instanceSelector).toEqual({ matchLabels: { dashboards: 'grafana' } });
  expect(JSON.parse(one?.object.spec.json)).toMatchObject({ title: 'Immich home', uid: 'immich-home' });
});

test('nothing that Flux takes for a variable', () => {
  const [one] = dashboardsOf(home, '{ enabled: true }');
  expect(one?.text).toContain('$datasource');
  expect(one?.text).not.toContain('${');
});

test.each(['{ enabled: true, dashboards: none }', '{}'])('none with %s', (monitoring) => {
  expect(dashboardsOf(home, monitoring)).toEqual([]);
});

/** Every expression of dashboards and alerts. */
const expressions = texts.flatMap((text) => {
  const edit = ['\ndatabase:\n', '\nmonitoring: { enabled: true }\ndatabase:\n'] as const;
  const plan = planned(edited(text, edit));
  const { app, database } = plan.installation.clusters;
  const panels = [...new Set([app, database])].flatMap((one) => panelsOf(plan.installation, plan, one));
  return [
    ...panels.flatMap(({ queries }) => queries.map(({ expression }) => expression)),
    ...alertGroupsOf(plan.installation, plan).flatMap(({ alerts }) =>
      alerts.map((alert) => alert.expression),
    ),
  ];
});

test('Prometheus takes every query', () => {
  const rules = expressions.map((expr, index) => ({ record: `panel:number:${index}`, expr }));
  expect(problemsOf({ groups: [{ name: 'panels', rules }] })).toBe('');
});

test('every metric of Immich in them is one that it serves', () => {
  const written = expressions.flatMap((text) => [
    ...[...text.matchAll(/__name__=~"([^"]+)"/g)].map(([, name = '']) =>
      name.replace(/\((.*?)\)/, (_, group: string) => (group === '.+' ? 'ocr' : (group.split('|')[0] ?? ''))),
    ),
    ...[...text.matchAll(/\b((?:immich|http)_[a-z_]+)\{/g)].map(([, name = '']) => name),
  ]);
  expect(new Set(written)).toEqual(
    new Set([
      'immich_jobs_ocr_success_total',
      'immich_jobs_ocr_failed_total',
      'immich_jobs_database_backup_failed_total',
      'immich_queues_ocr_active',
      'http_server_request_count_total',
      'http_server_response_error_count_total',
    ]),
  );
  expect([...new Set(written)].filter((name) => !isMetric(name))).toEqual([]);
  expect(queues).toContain('ocr');
});
