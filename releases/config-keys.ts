/**
 * The settings of Immich's configuration, without the sections around them, as in `job.thumbnailGeneration.concurrency`, from `defaults` in the text of its
 * server/src/config.ts; undefined where there are none to be found.
 *
 * @param enums The text of its server/src/enum.ts, since names of queues are keys too: `[QueueName.Library]`.
 */
export function configKeysIn(text: string, enums: string): readonly string[] | undefined {
  const start = /\bexport const defaults\b[^{]*/.exec(text);
  if (start === null) return undefined;
  const keys: string[] = [];
  const way: string[] = [];
  let depth = 0;
  let key: string | undefined;
  // Only what stands directly inside of a mapping is a key of it, not what stands in a list or a call.
  let brackets = 0;
  for (const [token, inQuotes, plain, computed] of text
    .slice(start.index + start[0].length)
    .matchAll(tokenForm)) {
    if (token === '{' && brackets === 0) {
      depth += 1;
      if (depth > 1) way.push(key ?? '');
      key = undefined;
    } else if (token === '}' && brackets === 0) {
      if (key !== undefined) keys.push([...way, key].join('.'));
      key = undefined;
      depth -= 1;
      way.pop();
      if (depth === 0) return keys.length === 0 ? undefined : keys;
    } else if (token === ',' && brackets === 0) {
      if (key !== undefined) keys.push([...way, key].join('.'));
      key = undefined;
    } else if (token === '[' || token === '(') {
      brackets += 1;
    } else if (token === ']' || token === ')') {
      brackets -= 1;
    } else if (brackets === 0) {
      // What looks like a key inside of a value comes too late: a ? b : c.
      key ??= computed === undefined ? (inQuotes ?? plain) : enumValue(computed, enums);
    }
  }
  return undefined;
}

/** A comment, a key in quotes, a text, a key, a computed key, or a sign that matters. */
const tokenForm =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(\w+)'\s*:|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|(\w+)\s*:|\[([\w.]+)\]\s*:|[{}()[\],]/g;

/** `QueueName.Library` as the text that it stands for; itself where that is not known. */
function enumValue(computed: string, enums: string): string {
  const [type = '', member = ''] = computed.split('.');
  const body = new RegExp(`export enum ${type} \\{([^}]*)\\}`).exec(enums)?.[1] ?? '';
  return new RegExp(`\\b${member} = '([^']*)'`).exec(body)?.[1] ?? computed;
}
