import type { Edit } from '../../installation/example.ts';
import { edited } from '../../installation/example.ts';
import { tachtit } from '../bases.ts';
import { changesOfEdits } from '../judged.ts';

const slots = 'Take max_slot_wal_keep_size out of the parameters';
const sized: Edit = [
  '    instances: 2\n',
  '    instances: 2\n    parameters: { max_slot_wal_keep_size: 2GB }\n',
];

/** The steps of an upgrade of PostgreSQL with a new lineage. */
function stepsTo(version: string, base = tachtit): string {
  const changes = changesOfEdits(
    base,
    ['    instances: 2\n', '    instances: 2\n    lineage: v1\n'],
    ['16.9-0.4.3', `${version}-0.4.3`],
  );
  return changes.flatMap(({ steps }) => steps).join('\n');
}

test.each(['17.0', '17.5'])('pg_upgrade to %s fails with a limit for slots', (version) => {
  expect(stepsTo(version, edited(tachtit, sized))).toContain(slots);
});

test.each(['17.6', '17.10'])('pg_upgrade to %s takes one', (version) => {
  expect(stepsTo(version, edited(tachtit, sized))).not.toContain(slots);
});

test('without a limit there is nothing to take out', () => {
  expect(stepsTo('17.5')).toContain('A base backup before');
  expect(stepsTo('17.5')).not.toContain(slots);
});
