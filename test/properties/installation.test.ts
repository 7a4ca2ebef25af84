import fc from 'fast-check';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { validInstallation } from './installations.ts';
import { brokenInvariants } from './invariants.ts';

const file = 'installations/x.yaml';

function synthesized(text: string) {
  return synthesize(new Map([[file, text]]));
}

describe('any valid installation', () => {
  test('is synthesized without errors and findings, twice the same, and keeps what always holds', () => {
    fc.assert(
      fc.property(validInstallation, (text) => {
        const { problems, findings, files, clusters } = synthesized(text);
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(findings).toEqual([]);
        expect(clusters.flatMap(brokenInvariants)).toEqual([]);
        expect(
          clusters.flatMap(({ manifests }) => manifests.flatMap(({ object }) => validateStrictly(object))),
        ).toEqual([]);
        expect(files?.size).toBeGreaterThan(20);
        expect([...(synthesized(text).files ?? [])]).toEqual([...(files ?? [])]);
      }),
      { numRuns: 15 },
    );
  });
});

test.each(Object.entries(shippedTexts))('what always holds does so for %s', (_name, text) => {
  expect(synthesized(text).clusters.flatMap(brokenInvariants)).toEqual([]);
});

/** A text that was changed somewhere: by a character, by a line, or by a value of another type. */
const mutation: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc
    .tuple(
      fc.nat(),
      fc.nat(8),
      fc.oneof(
        fc.constantFrom(
          '',
          ':',
          '-',
          '{',
          '}',
          '[',
          '"',
          "'",
          '#',
          '\t',
          '\n',
          ' ',
          '&a ',
          '*a',
          '!',
          '|',
          '%',
          '\0',
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
    )
    .map(([at, length, inserted]) => (text: string) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + inserted + text.slice(start + length);
    }),
  fc
    .tuple(fc.nat(), fc.nat(), fc.constantFrom('delete', 'repeat', 'swap', 'indent'))
    .map(([one, other, change]) => (text: string) => {
      const lines = text.split('\n');
      const [from, to] = [one % lines.length, other % lines.length];
      const [line = '', second = ''] = [lines[from], lines[to]];
      if (change === 'delete') lines.splice(from, 1);
      else if (change === 'repeat') lines.splice(to, 0, line);
      else if (change === 'indent') lines[from] = `  ${line}`;
      else {
        lines[from] = second;
        lines[to] = line;
      }
      return lines.join('\n');
    }),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(
        '~',
        '{}',
        '[]',
        '0',
        '-1',
        '1e99',
        '.nan',
        'true',
        '""',
        '"\\u0000"',
        '2024-01-01',
        '{ a: { a: 1 } }',
        '[[1]]',
        `"${'x'.repeat(300)}"`,
        '__proto__',
        `"\${X}"`,
      ),
    )
    .map(([at, value]) => (text: string) => {
      const places = [...text.matchAll(/: (?=[^\s{])[^,}\n]+/g)];
      const place = places[at % places.length];
      return place === undefined
        ? text
        : `${text.slice(0, place.index)}: ${value}${text.slice(place.index + place[0].length)}`;
    }),
);

/** How much of a text a problem may point at: every line with its end, and the end of the file. */
function isInside(
  text: string,
  { line, column }: { readonly line: number; readonly column: number },
): boolean {
  const lines = text.split('\n');
  return line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 2;
}

describe('any change of an installation file', () => {
  const changed = fc
    .tuple(
      fc.oneof(fc.constantFrom(...Object.values(shippedTexts)), validInstallation),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
    )
    .map(([text, mutations]) => mutations.reduce((before, mutate) => mutate(before), text));

  test('is read, or refused by errors with their places in the file; nothing is thrown', () => {
    fc.assert(
      fc.property(changed, (text) => {
        const { installation, problems } = parseInstallation(file, text);
        const errors = problems.filter(({ severity }) => severity === 'error');
        expect(installation === undefined).toBe(errors.length > 0);
        for (const problem of problems) {
          expect(isInside(text, problem) || `${problem.line}:${problem.column} ${problem.message}`).toBe(
            true,
          );
          expect(problem.message).toMatch(/^[^\n]+[.!?]$/);
          expect(problem.message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('that is still read is also synthesized without findings', () => {
    fc.assert(
      fc.property(changed, (text) => {
        const { problems, findings, clusters } = synthesized(text);
        fc.pre(problems.every(({ severity }) => severity !== 'error'));
        expect(findings).toEqual([]);
        expect(clusters.flatMap(brokenInvariants)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('anything at all is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parseInstallation(file, text).installation).toBeUndefined();
      }),
    );
  });
});
