import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import type { Severity } from '../../lib/schema/place.ts';

/** The reference installations. They are not those in installations/, which a user edits or deletes. */
export const home = shipped('home');
export const k3s = shipped('k3s');
export const tachtit = shipped('tachtit');

export const shippedTexts = { home, k3s, tachtit };

/** What home says of the backup of its library. */
export const homeWithoutBackup = 'backup: none, reason: the phones keep every photo until a backup is set up';

/** One edit of a text: what to look for, which must be there once, and what to write in its place. */
export type Edit = readonly [from: string, to: string];

/** A text after some edits. */
export function edited(text: string, ...edits: readonly Edit[]): string {
  return edits.reduce((before, [from, to]) => {
    const parts = before.split(from);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times`);
    return parts.join(to);
  }, text);
}

/** What is told of a text, as `line:column: key: message`. */
export function told(text: string, severity: Severity): string[] {
  return parseInstallation('', text)
    .problems.filter((problem) => problem.severity === severity)
    .map((problem) => problemText(problem).slice(1));
}

export function errorsIn(text: string): string[] {
  return told(text, 'error');
}

export function warningsIn(text: string): string[] {
  return told(text, 'warning');
}

/** A mapping of data. */
export type Mapping = { readonly [key: string]: unknown };

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The data of home with a value in the place of what is there, or where nothing is. */
export function homeWith(path: string, value: unknown): unknown {
  const put = (inside: unknown, [step = '', ...rest]: readonly string[]): Mapping => ({
    ...(isMapping(inside) ? inside : {}),
    [step]: rest.length === 0 ? value : put(isMapping(inside) ? inside[step] : undefined, rest),
  });
  return put(parse(home), path.split('.'));
}

function shipped(name: string): string {
  return readFileSync(join(__dirname, `reference/${name}.yaml`), 'utf8');
}
