import { originOf } from '../../manifests/derived.ts';
import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';

/** Where a value was written, as `apps/immich/helmrelease.yaml:41`: in the values of a chart, for what a chart makes. */
export function placeOf(field: Field): string {
  const { manifest, path } = originOf(field.manifest, field.path);
  const line = manifest.position(path)?.line;
  return line === undefined ? manifest.file : `${manifest.file}:${line}`;
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
  if (!hasVariable(value)) return [take(path, value, placeOf(field))];
  return gap === undefined
    ? [
        remark(
          path.slice(0, -1),
          `${String(path.at(-1))} has a variable in it that Flux fills in. Write its value, where it matters.`,
          placeOf(field),
        ),
      ]
    : [leaveOpen(path, `${gap.what}; today a variable of Flux`, gap.standIn, placeOf(field))];
}

function hasVariable(value: Value): boolean {
  return isUnknown(JSON.stringify(value));
}
