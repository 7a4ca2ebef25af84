import { editorSchema } from './editor-schema.ts';
import { referencePage } from './reference-page.ts';
import { rulesPage } from './rules-page.ts';
import { sectionTypes } from './section-types.ts';

/** Every file that is derived from the code: path to text. `npm run docs` writes them. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['schema/installation.json', editorSchema()],
    ['imports/sections.ts', sectionTypes()],
    ['docs/reference.md', referencePage()],
    ['docs/rules.md', rulesPage()],
  ]);
}
