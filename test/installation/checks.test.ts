import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { pathsIn, withValueAt } from '../../lib/text/data-path.ts';
import type { Path } from '../../lib/text/path.ts';
import { pathText } from '../../lib/text/quoting.ts';
import { shippedTexts } from './example.ts';

const field = join(__dirname, '../field');

/** Installation files of every kind. */
const texts = [
  ...Object.entries(shippedTexts),
  ...readdirSync(field, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, readFileSync(join(field, name, 'installation.yaml'), 'utf8')] as const),
];

test.each(texts)('no check of %s takes a stand-in for what was written', (_name, text) => {
  const data: unknown = parse(text);
  const before = new Set(toldOf(data).map(({ text }) => text));
  // A variable is known by flux.substitute alone, and is told wherever it stands.
  const tried = pathsIn(data).filter(
    (path) => path[0] !== 'flux' || (path.length > 1 && path[1] !== 'substitute'),
  );
  const wrong = tried.flatMap((path) =>
    // A list in a list is what no key may be.
    toldOf(withValueAt(data, path, [[]]))
      .filter(({ key, text }) => !before.has(text) && !isNear(key, path))
      .map(({ text }) => `${pathText(path)} is wrong, and told is: ${text}`),
  );
  expect(wrong).toEqual([]);
});

function toldOf(data: unknown): { readonly key: string; readonly text: string }[] {
  return parseInstallation('', stringify(data)).problems.map((problem) => ({
    key: problem.key,
    // What lists the images or the variables that could be read lists fewer then.
    text: problemText({ ...problem, line: 0, column: 0 }).replace(
      /(?<=Without a digest|Flux fills in).*/,
      '',
    ),
  }));
}

/** Whether a problem is about a value, what it is part of, or what is part of it. */
function isNear(key: string, path: Path): boolean {
  const text = pathText(path);
  return text.startsWith(key) || key.startsWith(text);
}
