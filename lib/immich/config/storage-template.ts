import { nearest } from '../../text/nearest.ts';
import { quote } from '../../text/quoting.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { release } from '../release.ts';

/**
 * What is wrong with a storage template; undefined when Immich can fill it in. With a wrong one each
 * upload only logs an error, and stays in the folder `upload`.
 *
 * A template is one of Handlebars, whose strict mode refuses names that it does not know; what is no name, `if`,
 * `unless` or `else` is left to Handlebars.
 */
export function storageTemplateProblem(template: string, version: Version): Problem | undefined {
  const open: string[] = [];
  let rest = template;
  for (;;) {
    const start = rest.indexOf('{{');
    if (start < 0) break;
    const [whole, inner = ''] = /^\{\{\{([^{}]*)\}\}\}|^\{\{[~&]?([^{}]*)\}\}/.exec(rest.slice(start)) ?? [];
    if (whole === undefined) {
      return wrong(`${quote(template)} has "{{" without its "}}". Close it, as in {{y}}.`);
    }
    const expression = whole.replace(/^\{+[~&]?|~?\}+$/g, '').trim();
    const problem = inner.startsWith('!') ? undefined : problemOf(expression, open, version);
    if (problem !== undefined) return { ...problem, message: `${quote(template)} ${problem.message}` };
    rest = rest.slice(start + whole.length);
  }
  const last = open.at(-1);
  return last === undefined
    ? undefined
    : wrong(`${quote(template)} opens {{#${last}}} and does not close it. Write {{/${last}}} at its end.`);
}

/** What is wrong, and whether that is certain. */
interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

function wrong(message: string): Problem {
  return { severity: 'error', message };
}

/** @param open The blocks around it, outermost first; the expression may open or close one. */
function problemOf(expression: string, open: string[], version: Version): Problem | undefined {
  if (expression === '' || expression.startsWith('!')) {
    return expression === '' ? wrong('has an empty {{}}. Write a name in it, as in {{y}}.') : undefined;
  }
  const [, sign, block = '', condition] = /^([#/])\s*(\S+)(?:\s+(.*))?$/.exec(expression) ?? [];
  if (sign === '/') {
    const expected = open.pop();
    return expected === block
      ? undefined
      : wrong(
          `closes {{/${block}}}, but ${expected === undefined ? 'no block is open' : `{{#${expected}}} is open`}.`,
        );
  }
  if (sign === '#') {
    open.push(block);
    return conditional.has(block) ? nameProblem(condition, version) : undefined;
  }
  if (expression === 'else' || expression === '^') {
    return open.length > 0
      ? undefined
      : wrong('has {{else}} outside of a block. Write {{#if album}} before it.');
  }
  const [, otherwise] = /^else (?:if|unless) (.*)$/.exec(expression) ?? [];
  return nameProblem(otherwise ?? expression, version);
}

const conditional: ReadonlySet<string> = new Set(['if', 'unless']);

function nameProblem(name: string | undefined, version: Version): Problem | undefined {
  // What is not a name alone, such as a literal or a helper with arguments, is not judged.
  if (name === undefined || !/^[\w-]+$/.test(name) || /^(\d+|true|false|null|undefined|this)$/.test(name)) {
    return undefined;
  }
  const late = cameras.includes(name) && compareVersions(version, release(2, 5, 0)) < 0;
  if (late) {
    return wrong(
      `has {{${name}}}, which Immich ${version.text} does not know; v2.5.0 is the first to. Leave it out.`,
    );
  }
  if (names.has(name)) return undefined;
  const suggestion = nearest(name, [...names]);
  const advice =
    suggestion === undefined
      ? 'Write names such as {{y}}, {{MM}}, {{album}} and {{filename}}.'
      : `Did you mean {{${suggestion}}}?`;
  return compareVersions(version, newest) > 0
    ? {
        severity: 'warning',
        message: `has {{${name}}}, which Immich ${newest.text} does not know; whether ${version.text} does is not recorded here, and uploads stay in the folder "upload" if not. ${advice}`,
      }
    : wrong(`has {{${name}}}, which Immich does not know. ${advice}`);
}

/** The newest Immich whose names were read. */
const newest = release(3, 0, 3);

/** Known from v2.5.0 on. */
const cameras = ['make', 'model', 'lensModel'];

/** Parts of a moment, of the photo or of the first and last photo of its album. */
const moments = 's ss SSS m mm d dd W WW h hh H HH y yy M MM MMM MMMM'.split(' ');

/** `render` in Immich's server/src/services/storage-template.service.ts, the same from v2.0.0 to v3.0.3 but for cameras. */
const names: ReadonlySet<string> = new Set([
  ...['filename', 'ext', 'filetype', 'filetypefull', 'assetId', 'assetIdShort', 'album'],
  ...cameras,
  ...moments,
  ...moments.flatMap((moment) => [`album-startDate-${moment}`, `album-endDate-${moment}`]),
]);
