import { text } from '../schema/scalar.ts';
import { type Parsed, quote, refuse, understand } from '../values/parsed.ts';

/** How long a drill may take at most. */
export interface Deadline {
  readonly text: string;
  readonly seconds: number;
}

const form = /^([1-9][0-9]{0,3})([mh])$/;

export const deadline = text(
  (written): Parsed<Deadline> => {
    const [, count = '', unit = ''] = form.exec(written) ?? [];
    const seconds = Number(count) * (unit === 'h' ? 3600 : 60);
    return count === '' || seconds < 1200 || seconds > 172_800
      ? refuse(`${quote(written)} is not a time from 20m to 48h. Write minutes or hours, such as "4h".`)
      : understand({ text: written, seconds });
  },
  { pattern: form.source, examples: ['4h'] },
);
