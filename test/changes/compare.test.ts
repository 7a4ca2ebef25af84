import { verdictOf } from '../../lib/changes/accepted.ts';
import { home, tachtit } from './bases.ts';
import { changesOfEdits, changesOfTexts, distOf, shown } from './judged.ts';

test('nothing happens where nothing differs', () => {
  expect(changesOfTexts(distOf(home), distOf(home))).toEqual([]);
  expect(changesOfTexts(distOf(home), new Map(distOf(home)))).toEqual([]);
});

test('an installation that was not there changes nothing', () => {
  expect(changesOfTexts(new Map(), distOf(home))).toEqual([]);
});

test('an installation that is gone is refused, and so is one with another name', () => {
  const others = changesOfTexts(distOf(home), distOf(tachtit, 'installations/tachtit.yaml'));
  expect(shown(others)).toEqual(['refused home:installation:remove:home->nothing']);
  expect(shown(changesOfEdits(home, ['name: home', 'name: photos']))).toEqual([
    'refused photos:name:rename:home->photos',
  ]);
});

test('a change knows its key, its objects and its place', () => {
  const [change] = changesOfEdits(home, ['size: 500Gi', 'size: 400Gi']);
  expect(change).toMatchObject({
    key: ['volumes', 'library', 'size'],
    objects: ['PersistentVolumeClaim immich/immich-library'],
    file: 'home/home/storage/persistentvolumeclaim.immich-library.yaml',
    path: ['spec', 'resources', 'requests', 'storage'],
    impossible: true,
  });
});

test('an acceptance lets its own change through, and one that answers to none is told', () => {
  const changes = changesOfEdits(home, ['host:', 'namespace: photos\nhost:']);
  const meant = { change: 'home:namespace:rename:immich->photos', because: 'it is empty' };
  const stale = { change: 'home:namespace:rename:immich->pictures', because: 'it was empty' };
  const verdict = verdictOf(changes, [meant, stale]);
  expect(verdict.refused).toEqual([]);
  expect(verdict.accepted).toHaveLength(1);
  expect(verdict.unmatched).toEqual([stale]);
  expect(verdictOf(changes, [stale]).refused).toHaveLength(1);
});
