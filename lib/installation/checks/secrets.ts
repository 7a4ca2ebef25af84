import type { Place } from '../../schema/place.ts';
import { credentialIn } from '../../text/credential.ts';

/**
 * No text of the file, and no key, is a secret: dist is committed, and so is the file. It looks at the plain data, so
 * that no part of the schema can be forgotten. Where a value has an error already, nothing is added.
 * The data may contain itself, by an alias.
 */
export function checkSecrets(data: unknown, at: Place, seen = new Set<object>()): void {
  if (typeof data === 'object' && data !== null) {
    if (seen.has(data)) return;
    seen.add(data);
  }
  if (Array.isArray(data)) {
    const items: unknown[] = data;
    for (const [index, item] of items.entries()) checkSecrets(item, at.in(index), seen);
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, item] of Object.entries(data)) {
      const held = at.isFaulty(key) ? undefined : credentialIn(key);
      if (held !== undefined) at.keyError(key, `This key holds ${held.what}. ${advice}`);
      else checkSecrets(item, at.in(key), seen);
    }
  } else if (typeof data === 'string') {
    const held = at.isFaulty() ? undefined : credentialIn(data);
    if (held !== undefined) at.error(`The value holds ${held.what}, and dist is committed. ${advice}`);
  }
}

const advice = 'Keep it in a Secret, name that where a key is meant for it, and replace it: it is known now.';
