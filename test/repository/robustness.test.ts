import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { nodeFiles } from '../../cli/node-files.ts';
import { audit } from '../../lib/audit/audit.ts';
import { jsonReport } from '../../lib/audit/report/json.ts';
import { sarifReport } from '../../lib/audit/report/sarif.ts';
import { textReport } from '../../lib/audit/report/text.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { plain } from '../../lib/text/style.ts';
import { badExample } from '../audit/bad-example.ts';
import { manifest, manifestsOf } from '../audit/example.ts';

const texts = allRules.map(({ examples }) => badExample(examples));

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A change of a text: `count` characters at a part of its length are replaced. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  count: fc.nat(20),
  text: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '- ',
      '\n',
      '  ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '<<: *a',
      '---\n',
      '"',
      '|\n',
      '\u0024{A}',
      '{{',
      '\t',
      '\0',
      'null',
    ),
  ),
});

test('no text makes it throw, and every finding stands inside its file', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 4 }), (text, edits) => {
      const edited = edits.reduce((before, { at, count, text: inserted }) => {
        const start = Math.floor(at * before.length);
        return before.slice(0, start) + inserted + before.slice(start + count);
      }, text);
      writeFileSync(join(folder, 'file.yaml'), edited);
      const lines = edited.split('\n');
      const findings = audit(readRepository(nodeFiles(folder)).inventory);
      for (const { file, line, column, message, fix } of findings) {
        expect(file).toBe('file.yaml');
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual((lines[(line ?? 1) - 1]?.length ?? 0) + 1);
        expect(`${message}${fix}`).not.toMatch(/\[object|\bNaN\b/);
      }
    }),
    { numRuns: 400 },
  );
});

test('no object makes a rule throw, whatever stands in place of its values', () => {
  const examples = texts.flatMap((text) => manifestsOf(text)).map(({ object }) => object);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...examples), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }),
      (objects, chances, replacements) => {
        const next = () => Number(chances.next().value ?? 1);
        const broken = objects.map((object, index) =>
          manifest(`${index}.yaml`, disturbed(object, next, replacements)),
        );
        const findings = audit(new Inventory(broken, { complete: next() < 0.5 }));
        JSON.parse(jsonReport(findings));
        JSON.parse(sarifReport(findings, allRules));
        textReport(
          findings,
          { files: 1, objects: 1, leftOut: 0, workloads: 1, milliseconds: 1 },
          { style: plain, lineOf: () => undefined },
        );
      },
    ),
    { numRuns: 400 },
  );
});

/** The object with some values below apiVersion, kind and names replaced by others. */
function disturbed(
  object: KubernetesObject,
  next: () => number,
  replacements: readonly unknown[],
): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const changed = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, replaced(value, next, replacements)]),
  );
  return { ...changed, apiVersion, kind, ...(metadata === undefined ? {} : { metadata }) };
}

function replaced(
  value: Value | undefined,
  next: () => number,
  replacements: readonly unknown[],
): Value | undefined {
  if (next() < 0.08) {
    const text = JSON.stringify(replacements[Math.floor(next() * replacements.length)] ?? null);
    return JSON.parse(text);
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, next, replacements) ?? null);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, replaced(item, next, replacements)]),
      )
    : value;
}
