import { allRules } from '../audit/rules.ts';
import { commentRules } from '../audit/silence.ts';
import { editorSchema } from './editor-schema.ts';
import { referencePage } from './reference-page.ts';
import { commentRulePage, rulePage } from './rule-page.ts';
import { rulesPage } from './rules-page.ts';
import { sectionTypes } from './section-types.ts';

/** Every file that is derived from the code: path to text. `npm run docs` writes them. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['schema/installation.json', editorSchema()],
    ['imports/sections.ts', sectionTypes()],
    ['docs/reference.md', referencePage()],
    ['docs/rules.md', rulesPage()],
    ...allRules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)] as const),
    ...commentRules.map((rule) => [`docs/rules/${rule.id}.md`, commentRulePage(rule)] as const),
  ]);
}
