import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planDist } from '../../lib/dist/plan.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';

const file = 'installations/home.yaml';
const sources = new Map([[file, readFileSync(join(__dirname, '../..', file), 'utf8')]]);
const { files = new Map<string, string>(), clusters } = synthesize(sources);

test('What is there already is not kept, and given from there', () => {
  const again = synthesize(sources, files);
  expect([...again.same].sort()).toEqual([...files.keys()].sort());
  expect(again.clusters.flatMap(({ manifests }) => manifests)).toEqual([]);
  expect(again.clusters.map(({ layers }) => layers)).toEqual(clusters.map(({ layers }) => layers));
  expect(new Map(again.files)).toEqual(files);
});

test('What is there with another text, or not at all, is kept beside it', () => {
  const present = new Map(files);
  present.set('home/RUNBOOK.md', 'older');
  present.delete('home/home/flux/kustomization.yaml');
  const again = synthesize(sources, present);
  expect(files.size - again.same.size).toBe(2);
  expect(new Map(again.files)).toEqual(files);
  const plan = planDist(again.files ?? new Map(), { files: present, folders: [], others: [] }, again.same);
  expect([...plan.write.keys()].sort()).toEqual(
    ['home/RUNBOOK.md', 'home/home/flux/kustomization.yaml'].sort(),
  );
  expect(again.clusters.flatMap(({ manifests }) => manifests).length).toBeGreaterThan(0);
});

test('Objects are counted by layer, without the kustomization.yaml of each', () => {
  for (const { layers, manifests } of clusters) {
    const total = [...layers.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(manifests.length - layers.size);
  }
});

test('A problem that is found later has its place', () => {
  expect(synthesize(sources).locate('home', ['host'], 'No.')).toMatchObject({
    file,
    key: 'host',
    message: 'No.',
    line: 4,
  });
});
