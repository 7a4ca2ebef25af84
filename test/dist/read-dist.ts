import { lookIntoDist } from '../../lib/dist/folder.ts';
import type { DistState } from '../../lib/dist/plan.ts';
import type { WritableFiles } from '../../lib/files/files.ts';

/** The folder that synth writes, with all of its texts as they are now. */
export function readDist(folder: WritableFiles): DistState {
  const state = lookIntoDist(folder);
  return { ...state, files: new Map(state.files) };
}
