import { differences } from '../../lib/changes/difference.ts';
import { asFarAsStated } from '../../lib/doctor/stated.ts';
import type { Value } from '../../lib/manifests/manifest.ts';

/** The fields in which a living object is not as stated. */
function changed(stated: Value, living: Value): string[] {
  return differences(stated, asFarAsStated(stated, living)).map(({ way }) => way);
}

const same: [what: string, stated: Value, living: Value][] = [
  ['what the API server adds', { a: 1 }, { a: 1, status: { b: 2 } }],
  [
    'quantities that are written in another way',
    { cpu: '1000m', memory: '1024Mi' },
    { cpu: '1', memory: '1Gi' },
  ],
  ['a variable that Flux has filled in', { host: 'photos.${DOMAIN}' }, { host: 'photos.example.org' }],
  ['dollars that were doubled for Flux', { script: 'echo $${HOME}' }, { script: 'echo ${HOME}' }],
  ['what says nothing and is not stored', { a: { b: [], c: false, d: {}, e: '' } }, { a: {} }],
  [
    'items with names in another order, with some of others between',
    { list: [{ name: 'a', x: 1 }, { name: 'b' }] },
    { list: [{ name: 'z' }, { name: 'b', y: 2 }, { name: 'a', x: 1 }] },
  ],
];

test.each(same)('%s', (_, stated, living) => {
  expect(changed(stated, living)).toEqual([]);
});

const others: [what: string, stated: Value, living: Value, ways: string[]][] = [
  ['another value', { spec: { replicas: 1 } }, { spec: { replicas: 3 } }, ['spec.replicas']],
  ['another text around a variable', { host: 'photos.${DOMAIN}' }, { host: 'files.example.org' }, ['host']],
  ['a value that is gone', { a: { b: 'x' } }, { a: {} }, ['a.b']],
  ['a true that is false', { a: true }, { a: false }, ['a']],
  ['another quantity', { cpu: '1' }, { cpu: '2' }, ['cpu']],
  [
    'an item with a name that is gone',
    { l: [{ name: 'a' }, { name: 'b' }] },
    { l: [{ name: 'a' }] },
    ['l[b]'],
  ],
  [
    'an item too many in a list without names',
    { l: [{ port: 1 }] },
    { l: [{ port: 1 }, { port: 2 }] },
    ['l[1]'],
  ],
];

test.each(others)('%s', (_, stated, living, ways) => {
  expect(changed(stated, living)).toEqual(ways);
});
