import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import { describeConstructs } from './construct-descriptions.ts';
import { describeTypes, type Published } from './field-types.ts';
import { describeFields } from './known-fields.ts';
import { constructsPage } from './lib/reference/constructs-page.ts';
import { generatedPages } from './lib/reference/pages.ts';
import { type Differences, recipesPage } from './lib/reference/recipes-page.ts';

/** Writes every page, schema and table that is derived from the code or from the definitions in `imports/`. */
const { constructs, types } = describeConstructs('lib/index.ts');
const definitions = ['cnpg', 'cnpg-read', 'flux', 'helm', 'source'].map((name) =>
  readFileSync(`imports/${name}/crds.yaml`, 'utf8'),
);
const ofOurObjects = [
  'cert-manager',
  'cilium',
  'cnpg',
  'devices',
  'flux',
  'gateway',
  'longhorn',
  'monitoring',
  'traefik',
].map((name) => readFileSync(`imports/${name}/crds.yaml`, 'utf8'));
const published: Published = JSON.parse(readFileSync('test/schemas/kubernetes-1.36.json', 'utf8'));
const recipes = readdirSync('test/field', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, file: readFileSync(`test/field/${name}/installation.yaml`, 'utf8') }));
const differences: { readonly everywhere: Differences } = parse(
  readFileSync('test/field/differences.yaml', 'utf8'),
);
for (const [path, text] of [
  ...generatedPages(),
  ['docs/recipes.md', recipesPage(recipes, differences.everywhere)] as const,
  ['docs/constructs.md', constructsPage(constructs, types)] as const,
  ['lib/manifests/known-fields.json', describeFields(definitions)] as const,
  ['lib/manifests/field-types.json', describeTypes(published, ofOurObjects)] as const,
]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
