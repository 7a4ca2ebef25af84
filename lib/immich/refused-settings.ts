import type { JsonSchema } from '../schema/json-schema.ts';
import type { Path } from '../text/path.ts';
import { quote } from '../text/quoting.ts';
import { compareVersions, type Version } from '../values/version.ts';
import type { ConfigProblem } from './config/problems.ts';
import { immichConfig } from './config.ts';
import { release } from './release.ts';
import { newestKnown } from './versions.ts';

/**
 * The settings of a stranger's configuration whose values Immich refuses, by which it ends at its start: words that are
 * none of a list, texts where true, false or a number is meant, and numbers below what may be.
 *
 * Fewer than an installation file would refuse: what one release takes for a number in quotes another may not, and nothing
 * is said of versions whose settings are not described here.
 */
export function refusedSettings(config: object, version: Version): readonly ConfigProblem[] {
  return compareVersions(version, first) < 0 || compareVersions(version, newestKnown) > 0
    ? []
    : refusedIn(config, immichConfig.json, []);
}

const first = release(2, 0, 0);

function refusedIn(value: unknown, schema: JsonSchema, path: Path): readonly ConfigProblem[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? []
      : value.flatMap((one: unknown, index) => refusedIn(one, items, [...path, index]));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const { properties = {} } = schema;
      const described = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return described === undefined ? [] : refusedIn(inner, described, [...path, key]);
    });
  }
  const advice = adviceFor(value, schema);
  return advice === undefined
    ? []
    : [{ path, message: `Immich does not take ${quote(value)} and would not start. ${advice}` }];
}

/** What to write instead of a single value; undefined where it may be taken. */
function adviceFor(value: unknown, { type, enum: words, minimum }: JsonSchema): string | undefined {
  if (isToBeFilledIn(value)) return undefined;
  // Codecs changed their names, and are judged by version elsewhere.
  if (words !== undefined) {
    return words.includes(value) || words.includes('libopus') || typeof words[0] !== 'string'
      ? undefined
      : `Write one of ${words.join(', ')}.`;
  }
  switch (type) {
    case 'boolean':
      return ['true', 'false'].includes(String(value)) ? undefined : 'Write true or false.';
    case 'integer':
    case 'number':
      return Number.isNaN(Number(value)) || value === '' || typeof value === 'boolean'
        ? 'Write a number.'
        : type === 'integer' && minimum !== undefined && Number(value) < minimum
          ? `Write ${minimum} or more.`
          : undefined;
    default:
      return undefined;
  }
}

/** A text that Flux, Helm or an operator replaces, and nothing at all. */
function isToBeFilledIn(value: unknown): boolean {
  return value === null || value === undefined || /\$\{|\{\{|^ENC\[|^%|<.*>/.test(String(value));
}
