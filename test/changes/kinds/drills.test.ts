import { type Edit, edited } from '../../installation/example.ts';
import { home } from '../bases.ts';
import { changesOfEdits, shown } from '../judged.ts';

const both = edited(
  home,
  ['backup: none, reason: test', 'backup: { volsync: {} }'],
  ['    backup:\n', '    backup:\n      drill: { files: {} }\n'],
);
const alone = edited(both, ['drill: { files: {} }', 'drill: {}']);

test.each<
  [what: string, base: string, edits: readonly Edit[], expected: readonly string[], sentence: string]
>([
  [
    'a drill of files beside that of the database',
    alone,
    [['drill: {}', 'drill: { files: {} }']],
    ['steps home:database.cnpg.backup.drill.files:fileDrillOn:nothing->immich-file-drill'],
    'From now on a drill of files reads some photos out of the backup',
  ],
  [
    'no drill of files any more',
    both,
    [['drill: { files: {} }', 'drill: {}']],
    ['steps home:database.cnpg.backup.drill.files:fileDrillOff:immich-file-drill->nothing'],
    'Nothing compares photos in the backup with what Immich was given any more',
  ],
  [
    'no drill at all any more',
    both,
    [['drill: { files: {} }', 'drill: none\n      reason: by hand']],
    ['steps home:database.cnpg.backup.drill:drillOff:immich-drill->nothing'],
    'Nothing restores a backup as a test any more',
  ],
  [
    'a drill of files less often',
    both,
    [['files: {}', 'files: { schedule: monthly }']],
    ['steps home:CronJob/immich-file-drill:schedule:30 6 * * 0->30 6 1 * *'],
    'The drill of files runs every month on day 1 at 06:30',
  ],
  [
    'another image of it',
    both,
    [['files: {}', 'files: { image: "docker.io/restic/restic:0.18.1" }']],
    [],
    'The drill of files runs in docker.io/restic/restic:0.18.1 instead of docker.io/restic/restic:0.18.0',
  ],
  [
    'older snapshots',
    both,
    [['files: {}', 'files: { newest: 9d }']],
    [],
    'The drill of files is another one from its next run on.',
  ],
  [
    'another drill of the database alone',
    both,
    [['files: {}', 'files: {}, newest: 9d']],
    [],
    'The restore drill is another one from its next run on.',
  ],
])('%s', (_, base, edits, expected, sentence) => {
  const changes = changesOfEdits(base, ...edits);
  expect(shown(changes)).toEqual(expected);
  expect(changes.map((change) => change.sentence).join('\n')).toContain(sentence);
});

test('a change of one drill is not told of the other', () => {
  const sentences = (edit: Edit) => changesOfEdits(both, edit).map((change) => change.sentence);
  expect(sentences(['files: {}', 'files: { newest: 9d }'])).toEqual([
    'The drill of files is another one from its next run on.',
  ]);
  expect(sentences(['files: {}', 'files: {}, newest: 9d'])).toEqual([
    'The restore drill is another one from its next run on.',
  ]);
});

test('a new drill of files says which Secret it needs', () => {
  const [change] = changesOfEdits(alone, ['drill: {}', 'drill: { files: {} }']).filter(
    ({ grade }) => grade === 'steps',
  );
  expect(change?.steps).toEqual([
    'Make the Secret that it reads the repository with: immich-drill/immich-library-restic-read with RESTIC_REPOSITORY, RESTIC_PASSWORD, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  ]);
});
