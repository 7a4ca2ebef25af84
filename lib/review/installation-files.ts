import { parse } from 'yaml';
import type { Acceptance } from '../changes/accepted.ts';
import type { State } from '../changes/state.ts';
import type { Files } from '../files/files.ts';
import { isList, isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';
import { type Position, start } from '../text/position.ts';
import { findPosition } from '../text/yaml-source.ts';
import { inside } from './own-dist.ts';
import { textAt } from './tree-change.ts';

/** The file that an installation's part of dist was made from. */
export interface InstallationFile {
  readonly path: string;
  readonly acceptances: readonly PlacedAcceptance[];
  /** Where the value of a key stands, or the nearest one around it. */
  readonly position: (key: Path) => Position;
  /** What it says at a key; undefined for nothing, and for more than one value. */
  readonly written: (key: Path) => string | undefined;
}

/** An acceptance and the line it stands on. */
export interface PlacedAcceptance extends Acceptance {
  readonly file: string;
  readonly line: number;
}

/**
 * The installation files of states, by the names that dist has of them. Dist names them as seen from where synth was
 * called, which is a folder above dist; the nearest one that has such a file is it.
 */
export function installationFiles(
  files: Files,
  root: string,
  states: readonly State[],
): ReadonlyMap<string, InstallationFile> {
  const found = new Map<string, InstallationFile>();
  for (const { source } of states) {
    if (source === undefined || found.has(source)) continue;
    const steps = root.split('/').slice(0, -1);
    for (let count = steps.length; count >= 0; count--) {
      const path = inside(steps.slice(0, count).join('/'), source);
      const text = textAt(files, path);
      if (text === undefined) continue;
      found.set(source, fileOf(path, text));
      break;
    }
  }
  return found;
}

/** What an installation file says, of which nothing but acceptances is read: synth judges the rest. */
function fileOf(path: string, text: string): InstallationFile {
  const position = (key: Path) => findPosition(text, { strict: false }, key, 'value') ?? start;
  const data = dataIn(text);
  const listed = isMapping(data) ? data['accept'] : undefined;
  const acceptances = !isList(listed)
    ? []
    : listed.flatMap((one, index): PlacedAcceptance[] => {
        if (!isMapping(one)) return [];
        const { change, because } = one;
        if (typeof change !== 'string' || typeof because !== 'string') return [];
        return [{ change, because, file: path, line: position(['accept', index]).line }];
      });
  const written = (key: Path) => {
    const value = key.reduce<Value | undefined>(
      (outer, step) => (isMapping(outer) && typeof step === 'string' ? outer[step] : undefined),
      data,
    );
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  return { path, acceptances, position, written };
}

function dataIn(text: string): Value | undefined {
  try {
    const data: Value = parse(text, { logLevel: 'silent' });
    return data;
  } catch {
    return undefined;
  }
}
