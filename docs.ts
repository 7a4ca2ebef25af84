import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeConstructs } from './construct-descriptions.ts';
import { describeFields } from './known-fields.ts';
import { constructsPage } from './lib/reference/constructs-page.ts';
import { generatedPages } from './lib/reference/pages.ts';

/** Writes every page, schema and table that is derived from the code or from the definitions in `imports/`. */
const { constructs, types } = describeConstructs('lib/index.ts');
const definitions = ['cnpg', 'cnpg-read', 'flux', 'helm'].map((name) =>
  readFileSync(`imports/${name}/crds.yaml`, 'utf8'),
);
for (const [path, text] of [
  ...generatedPages(),
  ['docs/constructs.md', constructsPage(constructs, types)] as const,
  ['lib/manifests/known-fields.json', describeFields(definitions)] as const,
]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
