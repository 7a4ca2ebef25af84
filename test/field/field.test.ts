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

const everywhere = Object.keys(differences['everywhere'] ?? {});

/** What differs between the manifests that people have and those that are made here, a line each. */
function differencesOf(name: string): string[] {
  const { inventory } = readRepository(nodeFiles(join(__dirname, name, 'manifests')));
  const theirs = described(inventory);
  const { clusters } = synthesisOf(name);
  const ours = described(
    new Inventory(
      clusters.flatMap(({ manifests }) => manifests),
      { complete: true },
    ),
  );
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((what) => theirs.get(what) !== ours.get(what))
    .map((what) => `${what}: ${theirs.get(what) ?? '-'} -> ${ours.get(what) ?? '-'}`);
}

/** Whether a reason is one for a line; what is told of the server holds for a worker of its own too. */
function isFor(reason: string, line: string): boolean {
  return line.startsWith(reason) || line.replace(/^jobs /, 'server ').startsWith(reason);
}

test('each of at least 24 is compared with manifests of such people', () => {
  expect(compared.length).toBeGreaterThanOrEqual(24);
  expect(compared).toEqual(names);
});

test.each(compared)('of %s the views see the same kinds of things on both sides', (name) => {
  const { inventory } = readRepository(nodeFiles(join(__dirname, name, 'manifests')));
  const seen = [...described(inventory).keys()].map((what) => what.split(' ').slice(0, 2).join(' '));
  for (const what of ['server image', 'server environment', 'server mount', 'machine-learning image']) {
    expect(seen).toContain(what);
  }
  expect(inventory.all('postgresql.cnpg.io', 'Cluster').length).toBe(
    ['database-of-others', 'shared-cluster'].includes(name) ? 0 : 1,
  );
});

test.each(compared)('%s differs from what people have where a reason is told, and nowhere else', (name) => {
  const different = differencesOf(name);
  const own = Object.keys(differences[name] ?? {});
  const told = [...everywhere, ...own];
  expect(different.filter((line) => !told.some((reason) => isFor(reason, line)))).toEqual([]);
  expect(own.filter((reason) => !different.some((line) => isFor(reason, line)))).toEqual([]);
});

test('each reason that is told for all is one for some', () => {
  const all = compared.flatMap(differencesOf);
  expect(everywhere.filter((reason) => !all.some((line) => isFor(reason, line)))).toEqual([]);
});
