import { parseAllDocuments } from 'yaml';
import { sharedReader, statesOf } from '../../lib/changes/state.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfTexts, distOf } from '../changes/judged.ts';
import { edited, home } from '../installation/example.ts';

const layered = edited(home, ['host:', 'files: layer\nhost:']);
const [single, joined] = [distOf(home), distOf(layered)];

function objectsIn(files: ReadonlyMap<string, string>): unknown[] {
  return [...files]
    .filter(([path]) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()))
    .map((object) => JSON.stringify(object))
    .sort();
}

test('a layer has one file, with the same objects, which its kustomization.yaml names', () => {
  expect(objectsIn(joined)).toEqual(objectsIn(single));
  const folders = new Set(
    [...single.keys()].filter((path) => path.endsWith('.yaml')).map((path) => path.split('/').at(-2)),
  );
  expect([...joined.keys()].filter((path) => path.endsWith('.yaml')).sort()).toEqual(
    [...folders]
      .flatMap((layer) => [`home/home/${layer}/${layer}.yaml`, `home/home/${layer}/kustomization.yaml`])
      .sort(),
  );
  expect(joined.get('home/home/database/kustomization.yaml')).toContain('resources: [database.yaml]\n');
});

test('from one form to the other nothing changes', () => {
  expect(changesOfTexts(single, joined)).toEqual([]);
  expect(changesOfTexts(joined, single)).toEqual([]);
});

test('what changes is found inside of a file, and told with its line', () => {
  const later = distOf(edited(layered, ['size: 500Gi', 'size: 600Gi']));
  const [change] = changesOfTexts(joined, later);
  expect(change?.sentence).toContain('immich-library');
  const state = statesOf(joined, sharedReader()).get('home');
  const cluster = state?.clusters.get('home')?.find(({ object }) => object.kind === 'ScheduledBackup');
  const line = cluster?.position(['kind'])?.line ?? 0;
  expect((joined.get('home/home/database/database.yaml') ?? '').split('\n')[line - 1]).toBe(
    'kind: ScheduledBackup',
  );
});

test('what is there already is not written again', () => {
  const again = synthesize(new Map([['installations/it.yaml', layered]]), joined);
  expect([...again.same].sort()).toEqual([...joined.keys()].sort());
});
