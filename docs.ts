import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeConstructs } from './construct-descriptions.ts';
import { constructsPage } from './lib/reference/constructs-page.ts';
import { generatedPages } from './lib/reference/pages.ts';

/** Writes every page and schema that is derived from the code. */
const { constructs, types } = describeConstructs('lib/index.ts');
for (const [path, text] of [
  ...generatedPages(),
  ['docs/constructs.md', constructsPage(constructs, types)] as const,
]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
