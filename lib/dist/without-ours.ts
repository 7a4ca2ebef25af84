import type { Files } from '../files/files.ts';
import { isMarked } from './plan.ts';

/** The files of a folder without the texts of what synth made, for whoever looks at what others wrote. */
export function withoutOurs(files: Files): Files {
  return {
    ...files,
    read: (path) => {
      const text = files.read(path);
      return isMarked(text) ? '' : text;
    },
  };
}
