import { list } from '../schema/list.ts';
import { mapping, required } from '../schema/mapping.ts';
import { anyText, textLike } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';

const change = textLike(
  /^[^:\s]+:[^:]+:./,
  (value) =>
    `${quote(value)} is not the id of a change. Copy it from the message that refuses the change, such as "home:namespace:rename:immich->photos".`,
);

/** Changes that are meant although they would be refused. */
export const accept = list(
  mapping({
    change: required(change, 'Id of the change, as the message that refuses it says it.'),
    because: required(anyText, 'Why it is meant, for the person who reviews it.'),
  }),
);

/** A change that is meant although it would be refused. */
export type Acceptance = Read<typeof accept>[number];
