import { isMap, parseDocument } from 'yaml';
import type { Setting } from './moves.ts';

/** An installation file with some keys set or taken out. */
export function withKeys(text: string, settings: readonly Setting[]): string {
  const document = parseDocument(text);
  for (const { path, value } of settings) {
    if (value !== undefined) document.setIn(path, value);
    else if (isMap(document.getIn(path.slice(0, -1)))) document.deleteIn(path);
  }
  return document.toString();
}

/** The settings that concern a file: one that names no image of Immich gets it from the version, and what is not there needs not go. */
export function settingsIn(text: string, settings: readonly Setting[]): Setting[] {
  const document = parseDocument(text);
  return settings.filter(
    ({ path, value }) => document.hasIn(path) || (value !== undefined && path.at(-1) !== 'image'),
  );
}
