import { originOf } from '../../manifests/derived.ts';
import { Field, isUnknown } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { hasPlainVariables, variablesIn } from '../../text/flux-variables.ts';
import type { Path } from '../../text/path.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';

/** Where a value was written, as `apps/immich/helmrelease.yaml:41`: in the values of a chart, for what a chart makes. */
export function placeOf(field: Field): string {
  const { manifest, path } = originOf(field.manifest, field.path);
  const line = manifest.position(path)?.line;
  return line === undefined ? manifest.file : `${manifest.file}:${line}`;
}

/** A URL or the path of a folder without a slash at the end, where it means nothing. */
export function withoutSlash(written: Field): Field {
  const { text } = written;
  return text === undefined
    ? written
    : new Field(written.manifest, written.path, text.replace(/(.)\/+$/, '$1'));
}

/** What to write in the place of a value that is not known. */
export interface Gap {
  readonly what: string;
  readonly standIn: Value;
}

/**
 * The value of a field as a piece; nothing where there is none.
 *
 * @param gap For a key that must be written: what to write where the field does not tell it.
 */
export function pieceOf(path: Path, field: Field, gap?: Gap): Piece[] {
  const { value } = field;
  if (value === undefined || value === null) {
    return gap === undefined ? [] : [leaveOpen(path, gap.what, gap.standIn)];
  }
  const place = placeOf(field);
  if (!hasVariable(value)) return [take(path, value, place)];
  const otherwise =
    gap === undefined
      ? remark(
          path.slice(0, -1),
          `${String(path.at(-1))} has a variable in it that Flux fills in. Write its value, where it matters.`,
          place,
        )
      : leaveOpen(path, `${gap.what}; today a variable of Flux`, gap.standIn, place);
  return [typeof value === 'string' ? withVariables(path, value, place, otherwise) : otherwise];
}

/**
 * A text that Flux fills variables into, which is kept where the file can declare them.
 *
 * @param otherwise What stands in its place where it cannot.
 */
export function withVariables(path: Path, text: string, from: string, otherwise: Piece): Piece {
  return hasPlainVariables(text) && variablesIn(text).length > 0
    ? { ...take(path, text, from), otherwise }
    : otherwise;
}

function hasVariable(value: Value): boolean {
  return isUnknown(JSON.stringify(value));
}
