import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { allKeys } from '../../lib/reference/key.ts';
import { wishes } from '../../lib/reference/people-wish.ts';
import { recipesPage } from '../../lib/reference/recipes-page.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';

const page = readFileSync('docs/recipes.md', 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
const names = readdirSync('test/field', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('the page is what `npm run docs` writes', () => {
  const recipes = names.map((name) => ({
    name,
    file: readFileSync(`test/field/${name}/installation.yaml`, 'utf8'),
  }));
  const differences = parse(readFileSync('test/field/differences.yaml', 'utf8'));
  expect(page).toBe(recipesPage(recipes, differences.everywhere));
});

test('each recipe of the page is a whole installation', () => {
  expect(blocks).toHaveLength(names.length);
  for (const block of blocks) {
    const { problems, files } = synthesize(new Map([['recipe.yaml', block]]));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(files?.size).toBeGreaterThan(0);
  }
});

test('the keys by which wishes are said exist', () => {
  const known = allKeys().map(({ path }) => path);
  const named = wishes.flatMap(({ answer }) => ('keys' in answer ? answer.keys : []));
  expect(named.filter((key) => !known.includes(key))).toEqual([]);
  expect(wishes).toHaveLength(25);
  expect(wishes.filter(({ answer }) => 'cannot' in answer)).toHaveLength(4);
});
