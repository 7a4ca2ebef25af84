import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text in the source of a check, as a pattern: what stands in `${}` may be anything. */
function patternsIn(source: string): readonly { readonly text: string; readonly pattern: RegExp }[] {
  const starts = [
    ...source.matchAll(
      /(?:say(?:Error|Warning|Unseen)\(|message =|tell\()\s*(?:\w+ === undefined\s*\?\s*)?/g,
    ),
  ];
  return starts.flatMap(({ index, 0: { length } }) => {
    const literal = literalAt(source, index + length);
    return literal === undefined ? [] : [{ text: literal.join('…'), pattern: patternOf(literal) }];
  });
}

/** The fixed parts of the literal that begins here; undefined where none does. */
function literalAt(source: string, start: number): readonly string[] | undefined {
  const quote = source.charAt(start);
  if (quote !== '`' && quote !== "'") return undefined;
  const parts = [''];
  for (let index = start + 1, depth = 0; index < source.length; index++) {
    const letter = source.charAt(index);
    if (quote === '`' && letter === '$' && source.charAt(index + 1) === '{' && depth++ === 0) parts.push('');
    else if (depth > 0 && letter === '{' && source.charAt(index - 1) !== '$') depth++;
    else if (depth > 0 && letter === '}') depth--;
    else if (depth === 0 && letter === quote) return parts;
    else if (depth === 0) parts.push(`${parts.pop()}${letter}`);
  }
  return undefined;
}

function patternOf(parts: readonly string[]): RegExp {
  return new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*'));
}

function textsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Everything that is expected of doctor: here with saved answers, and on the control plane of e2e. */
const expected = [
  ...textsOf('test/doctor').filter((text) => !text.includes('patternsIn')),
  ...textsOf('e2e/doctor'),
  readFileSync('e2e/doctor.e2e.ts', 'utf8'),
]
  .flatMap((text) => text.split('\n'))
  .filter((line) => /\b(error|warning|unseen): /.test(line))
  .map((line) => line.replaceAll("\\'", "'"));

test('each line that doctor can say of something ill is expected by a test', () => {
  const lines = readdirSync('lib/doctor/checks').flatMap((file) =>
    patternsIn(readFileSync(join('lib/doctor/checks', file), 'utf8')).map((line) => ({ file, ...line })),
  );
  expect(lines.length).toBeGreaterThan(80);
  const silent = lines.filter(({ pattern }) => !expected.some((line) => pattern.test(line)));
  expect(silent.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});
