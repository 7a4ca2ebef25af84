import { dumpImport } from '../../../lib/doctor/checks/dump-import.ts';
import { edited, home } from '../../installation/example.ts';
import { isTrue } from '../healthy.ts';
import { found, subjectOf } from '../living.ts';

const subject = subjectOf(
  edited(home, ['  cnpg:\n', '  cnpg:\n    importFrom: { dump: backups/immich.sql.gz }\n']),
);
const name =
  subject.manifests.find(({ object }) => object.metadata?.name?.startsWith('immich-import-'))?.object.metadata
    ?.name ?? '';

const judged = (...conditions: ReturnType<typeof isTrue>[]) => {
  const jobs = {
    items: [{ metadata: { name }, status: { conditions } }, { metadata: { name: 'immich-import-old' } }],
  };
  return found(dumpImport, { paths: { '/apis/batch/v1/namespaces/immich/jobs': jobs } }, subject);
};

test('a dump that was not read, one that is being read, and one that is in the database', async () => {
  expect((await judged(isTrue('Failed'))).map((line) => line.replace(name, 'it'))).toEqual([
    'error: Job it has failed: the dump was not read, and the database is as it was before. Immich waits.',
    expect.stringMatching(/^ {2}kubectl logs job\//),
    '  When that is mended, so that it is made again:',
    expect.stringMatching(/^ {2}kubectl delete job /),
  ]);
  expect((await judged())[0]).toBe(`warning: Job ${name} is still reading the dump.`);
  expect(await judged(isTrue('Complete'))).toEqual([`well: The dump is in the database, says Job ${name}.`]);
});

test('without a dump there is nothing to look at', async () => {
  expect(await found(dumpImport, {})).toEqual([]);
});
