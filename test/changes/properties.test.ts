import fc from 'fast-check';
import { gravest } from '../../lib/changes/change.ts';
import { changesBetween } from '../../lib/changes/compare.ts';
import { sharedReader, statesOf } from '../../lib/changes/state.ts';
import { validInstallation } from '../properties/installations.ts';
import { changesOfTexts, distOf } from './judged.ts';

const settings = { numRuns: 25, seed: 20_261_126 };

test('nothing happens where nothing differs, and any two installations are compared', () => {
  fc.assert(
    fc.property(validInstallation, validInstallation, (one, other) => {
      const [before, after] = [distOf(one), distOf(other)];
      expect(changesOfTexts(before, before)).toEqual([]);
      const changes = changesOfTexts(before, after);
      const isSame =
        [...after].every(([path, text]) => before.get(path) === text) && before.size === after.size;
      expect(changes.length > 0).toBe(!isSame);
      expect(changesOfTexts(before, after)).toEqual(changes);
      const ids = changes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { sentence, steps, id } of changes) {
        expect([sentence, ...steps].every((text) => text.trim() === text && text !== '')).toBe(true);
        expect(id).toMatch(/^[^:]+:[^:]+:.+/);
        expect([sentence, ...steps, id].join(' ')).not.toMatch(/undefined|\[object|NaN/);
      }
    }),
    settings,
  );
});

test('a new folder and one that is gone are compared', () => {
  fc.assert(
    fc.property(validInstallation, (text) => {
      const files = distOf(text);
      expect(changesOfTexts(new Map(), files)).toEqual([]);
      expect(gravest(changesOfTexts(files, new Map()))).toBe('refused');
    }),
    settings,
  );
});

/** Any object that somebody else may have written. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      0,
      '',
      'x',
      ['$', '{VAR}'].join(''),
      'ghcr.io/immich-app/immich-server:v3.3.1',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'name',
        'namespace',
        'spec',
        'metadata',
        'containers',
        'template',
        'labels',
        'image',
        '__proto__',
      ),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

const foreign = fc
  .record({
    apiVersion: fc.constantFrom(
      'v1',
      'apps/v1',
      'postgresql.cnpg.io/v1',
      'barmancloud.cnpg.io/v1',
      'traefik.io/v1alpha1',
    ),
    kind: fc.constantFrom(
      'Cluster',
      'Deployment',
      'ObjectStore',
      'IngressRoute',
      'PersistentVolumeClaim',
      'Namespace',
      'CronJob',
    ),
    metadata: values.value,
    spec: values.value,
  })
  .map((object) => JSON.stringify(object));

test('whatever stands in manifests of others is compared without an exception', () => {
  fc.assert(
    fc.property(fc.array(foreign, { maxLength: 4 }), fc.array(foreign, { maxLength: 4 }), (one, other) => {
      const files = (texts: readonly string[]) =>
        new Map(texts.map((text, index) => [`it/cluster/app/${index}.yaml`, text]));
      const read = sharedReader();
      const [before, after] = [statesOf(files(one), read), statesOf(files(other), read)];
      expect(() => changesBetween(before, after)).not.toThrow();
      expect(changesBetween(before, before)).toEqual([]);
    }),
    { numRuns: 400, seed: 1 },
  );
});

test('text that is no manifest is left out', () => {
  const files = new Map([
    ['it/RUNBOOK.md', 'text'],
    ['it/cluster/app/broken.yaml', 'a: [b'],
    ['it/cluster/app/list.yaml', '- a'],
    ['top.yaml', 'a: b'],
  ]);
  expect(statesOf(files, sharedReader())).toEqual(new Map());
});
