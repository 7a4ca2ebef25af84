import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { nodeFiles } from '../../cli/node-files.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { described } from './described.ts';

/** Installations as people really have them, each with the manifests by which such people run Immich today. */
const names = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const differences: { readonly [where: string]: { readonly [what: string]: string } } = parse(
  readFileSync(join(__dirname, 'differences.yaml'), 'utf8'),
);
const compared = names.filter((name) => existsSync(join(__dirname, name, 'manifests')));

function textOf(name: string): string {
  return readFileSync(join(__dirname, name, 'installation.yaml'), 'utf8');
}

function synthesisOf(name: string) {
  return synthesize(new Map([[`${name}.yaml`, textOf(name)]]));
}

test.each(names)('%s is a screen of text from which dist is made', (name) => {
  const { files, problems, findings } = synthesisOf(name);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  expect(files?.size).toBeGreaterThan(0);
  expect(textOf(name).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

test.each(compared)('%s differs from what people have where a reason is told, and nowhere else', (name) => {
  const { inventory } = readRepository(nodeFiles(join(__dirname, name, 'manifests')));
  const theirs = described(inventory);
  const { clusters } = synthesisOf(name);
  const ours = described(
    new Inventory(
      clusters.flatMap(({ manifests }) => manifests),
      { complete: true },
    ),
  );
  const different = [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((what) => theirs.get(what) !== ours.get(what))
    .map((what) => `${what}: ${theirs.get(what) ?? '-'} -> ${ours.get(what) ?? '-'}`);
  const own = differences[name] ?? {};
  const reasons = [...Object.keys(differences['everywhere'] ?? {}), ...Object.keys(own)];
  expect(different.filter((line) => !reasons.some((reason) => line.startsWith(reason)))).toEqual([]);
  expect(Object.keys(own).filter((reason) => !different.some((line) => line.startsWith(reason)))).toEqual([]);
  for (const reason of Object.keys(differences['everywhere'] ?? {}))
    expect([reason, different.some((line) => line.startsWith(reason))]).toEqual([reason, true]);
});
