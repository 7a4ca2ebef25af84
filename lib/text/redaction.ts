import { credentialIn } from './credential.ts';
import { mayBeSecret } from './secret.ts';
import { type Shown, show } from './shown.ts';

/** Takes secrets out of a text. */
export type Redact = (text: string) => Shown;

/**
 * Takes out of any text what may be a secret in plain data, wherever in the data it stands. All that is told of a
 * file goes through it, so that a message that quotes carelessly, or that turns a value into an example, shows
 * nothing either.
 */
export function redactionOf(data: unknown): Redact {
  return redactionBy(() => secretsIn('', data));
}

/** Takes out of any text these secrets, and whatever is one by its shape. They are asked for when a text is shown. */
export function redactionBy(secretsOfData: () => readonly string[]): Redact {
  // Most files have nothing to be told of, and are not searched.
  let found: readonly string[] | undefined;
  return (text) => {
    found ??= [...new Set(secretsOfData())].sort((one, other) => other.length - one.length);
    const secrets = found;
    const open = secrets.reduce((before, secret) => withoutOne(before, secret), text);
    const bare = lettersOf(open);
    return secrets.some((secret) => lettersOf(secret).length >= shortest && bare.includes(lettersOf(secret)))
      ? show(hidden)
      : show(open);
  };
}

/** Instead of a message that has a secret in a changed form, such as in small letters. */
const hidden =
  'The value is wrong, and may be a secret, so that it is not shown. Keep secrets in a Secret, and name that here.';

/** Shorter texts would be found in the middle of words. */
const shortest = 6;

/** A short secret, such as `pass`, stands in the middle of innocent words. */
function withoutOne(text: string, secret: string): string {
  const [quoted, plain] = [JSON.stringify(secret).slice(1, -1), secret];
  if (secret.length >= shortest) return text.replaceAll(quoted, '…').replaceAll(plain, '…');
  return text.replace(new RegExp(`(?<!\\w)${plain.replace(/[^\w]/g, '\\$&')}(?!\\w)`, 'g'), '…');
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The secret parts of all texts and keys of the data, which may contain itself by an alias. */
function secretsIn(name: string, data: unknown, seen = new Set<object>()): string[] {
  if (typeof data === 'string') return secretsOf(name, data);
  if (typeof data !== 'object' || data === null || seen.has(data)) return [];
  seen.add(data);
  return Object.entries(data).flatMap(([key, value]) => [
    ...secretsOf('', key),
    ...secretsIn(Array.isArray(data) ? name : key, value, seen),
  ]);
}

function secretsOf(name: string, value: string): string[] {
  const found = credentialIn(value);
  const parts = found === undefined ? [] : [found.secret];
  const isWord = value.length < shortest || /^[a-z]+([-_. ][a-z]+)*$/i.test(value);
  // Of an address with a password only that is taken out, so that a message can still show the rest.
  return parts.length === 0 && !isWord && mayBeSecret(name, value) ? [value] : parts;
}
