import { type PeopleWish, wishes } from './people-wish.ts';

/** An installation as people have it: the name of its folder, and its file with a title and a text in front. */
export interface Recipe {
  readonly name: string;
  readonly file: string;
}

/** How what is made here differs from what people write by hand: what, and why. */
export type Differences = { readonly [what: string]: string };

/** Whole installations to start from, and what people ask for. */
export function recipesPage(recipes: readonly Recipe[], differences: Differences): string {
  return [
    '# Recipes',
    '',
    'Installations as people have them, each a whole file to start from. Written by `npm run docs` from `test/field/`, whose test makes',
    'manifests of each. Images stand without digests here; synth says which to write.',
    '',
    ...recipes.flatMap(sectionOf),
    '## What differs from manifests that are written by hand',
    '',
    '| What | Why |',
    '|---|---|',
    ...Object.entries(differences).map(([what, why]) => `| \`${what}\` | ${sentence(why)} |`),
    '',
    '## What people ask for',
    '',
    'Wishes from the trackers of Immich and its chart, and the keys by which they are said.',
    '',
    '| Wish | Key |',
    '|---|---|',
    ...wishes.map(({ wish, answer }) => `| ${wish} | ${answerText(answer)} |`),
    '',
  ].join('\n');
}

function sectionOf({ file }: Recipe): string[] {
  const lines = file.trimEnd().split('\n');
  const start = lines.findIndex((line) => !line.startsWith('#'));
  const [title = '', ...text] = lines.slice(0, start).map((line) => line.replace(/^# ?/, ''));
  return [`## ${title}`, '', ...text, '', '```yaml', ...lines.slice(start), '```', ''];
}

function answerText(answer: PeopleWish['answer']): string {
  if ('cannot' in answer) return `Not possible: ${answer.cannot}`;
  return 'otherwise' in answer ? answer.otherwise : answer.keys.map((key) => `\`${key}\``).join(', ');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
