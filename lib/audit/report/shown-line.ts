import { credentialIn } from '../../text/credential.ts';
import { secretIn } from '../../text/secret.ts';

/**
 * A line of a file as a report may show it: up to the first secret in it. A comment may silence the finding that tells
 * of the secret, but not make it fit for a terminal or a build log.
 */
export function shownLine(line: string): string {
  const credential = credentialIn(line)?.secret;
  const starts = [
    ...(credential === undefined ? [] : [line.indexOf(credential)]),
    ...[variable, setting].flatMap((pattern) =>
      [...line.matchAll(pattern)].flatMap((match) => {
        const [whole, name = '', value = ''] = match;
        const isSecret = secretIn(name, value) !== undefined;
        return isSecret ? [match.index + whole.length - value.length] : [];
      }),
    ),
  ];
  return starts.length === 0 ? line : `${line.slice(0, Math.min(...starts))}…`;
}

/** An entry of `env`: `{ name: DB_PASSWORD, value: hunter2`. */
const variable = /\bname:\s*["']?([\w.-]+)["']?\s*,\s*value:\s*["']?([^"',}]+)/g;

/** A key with its value: `password: hunter2`, `DB_PASSWORD=hunter2`. */
const setting = /([\w.-]+)["']?\s*[:=]\s*["']?([^\s"',}\]]+)/g;
