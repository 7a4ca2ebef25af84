import { scheduledBackup } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

test.each([
  ['method: plugin\npluginConfiguration: { name: barman-cloud.cloudnative-pg.io }', 0],
  [
    'pluginConfiguration: { name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: offsite } }',
    1,
  ],
  // What another plugin reads is not known.
  ['pluginConfiguration: { name: other.example.com, parameters: { store: offsite } }', 0],
])('ignored-plugin-parameter: %s', (spec, count) => {
  expect(said('ignored-plugin-parameter', scheduledBackup(spec))).toHaveLength(count);
  expect(
    said('ignored-plugin-parameter', scheduledBackup(spec).replace('ScheduledBackup', 'Backup')),
  ).toHaveLength(count);
});
