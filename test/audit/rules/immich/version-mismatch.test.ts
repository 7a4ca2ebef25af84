import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const image = 'spec.template.spec.containers.0.image';

function worker(name: string, version: string, variables: string): string {
  return server(`env: [${variables}]`, '', version).replace('name: immich-server', `name: ${name}`);
}

const api = '{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }';
const jobs = '{ name: IMMICH_WORKERS_INCLUDE, value: microservices }';

test.each<[string, string, string, string[]]>([
  ['of two major versions', 'v3.3.1', 'v2.7.5', [`error ${image}`]],
  ['of two releases', 'v3.3.1', 'v3.2.0', [`warning ${image}`]],
  ['of one version', 'v3.3.1', 'v3.3.1', []],
  ['of one that is not known', 'v3.3.1', 'release', []],
])('workers %s', (_, one, other, expected) => {
  const text = documents(worker('one', one, api), worker('other', other, jobs));
  expect(said('version-mismatch', text)).toEqual(expected);
});

test.each([
  [
    'two servers that do everything, as before a move',
    documents(worker('one', 'v3.3.1', ''), worker('other', 'v2.7.5', '')),
  ],
  [
    'workers with databases of their own',
    documents(
      worker('one', 'v3.3.1', `${api}, { name: DB_HOSTNAME, value: one }`),
      worker('other', 'v2.7.5', `${jobs}, { name: DB_HOSTNAME, value: other }`),
    ),
  ],
  [
    'machine learning beside servers of two versions',
    documents(worker('one', 'v3.3.1', ''), worker('other', 'v2.7.5', ''), machineLearning('', '', 'v2.7.5')),
  ],
])('%s are nothing to speak of', (_, text) => {
  expect(said('version-mismatch', text)).toEqual([]);
});

test('machine learning beside workers of one version is compared with them', () => {
  const text = documents(
    worker('one', 'v3.3.1', api),
    worker('other', 'v3.3.1', jobs),
    machineLearning('', '', 'v2.7.5'),
  );
  expect(said('version-mismatch', text)).toEqual([`warning ${image}`]);
  expect(said('version-mismatch', text, { complete: true })).toEqual([`error ${image}`]);
});
