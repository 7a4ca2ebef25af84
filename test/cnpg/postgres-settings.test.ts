import { settingNameProblem, settingValueProblem } from '../../lib/cnpg/postgres-settings.ts';

test.each([
  'work_mem',
  'max_connections',
  'vchordrq.probes',
  'transaction_timeout',
  'io_method',
  'log_connections',
])('%s is a setting', (name) => {
  expect(settingNameProblem(name)).toBeUndefined();
});

test('another name is refused with the nearest one', () => {
  expect(settingNameProblem('shared_buffer')).toContain('Did you mean "shared_buffers"?');
  expect(settingNameProblem('xyzzy')).toContain('is not a setting of PostgreSQL');
});

test.each([
  ['work_mem', '16MB'],
  ['work_mem', '0.5GB'],
  ['work_mem', '16384'],
  ['statement_timeout', '5 min'],
  ['random_page_cost', '1.1'],
  ['jit', 'off'],
  ['jit', 'TRUE'],
  ['wal_level', 'logical'],
  ['log_connections', 'receipt,authentication'],
  ['unknown', 'anything'],
])('%s may be %s', (name, value) => {
  expect(settingValueProblem(name, value)).toBeUndefined();
});

test.each([
  ['work_mem', '16mb', 'Write one such as "4", "16MB" or "5min".'],
  ['work_mem', '16Mi', 'is not a number with a unit of PostgreSQL'],
  ['max_connections', 'many', 'is not a number'],
  ['jit', 'maybe', 'Write "on" or "off".'],
])('%s is not %s', (name, value, message) => {
  expect(settingValueProblem(name, value)).toContain(message);
});
