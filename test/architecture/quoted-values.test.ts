import { readSourceFiles } from './imports.ts';

/**
 * What writes commands, SQL, PromQL, scripts, pictures or lines of YAML, in which a value must stand as it is: neither
 * cut nor with an ellipsis. A message is written by none of these lines.
 */
const verbatim: readonly (readonly [path: RegExp, line: RegExp])[] = [
  [/^lib\/plan\/(alerts\/|dashboard\.ts$)|^lib\/immich\/metrics\.ts$/, /[=~{,] ?"\$\{|label_replace/],
  [/^lib\/(drill|rehearsal|runbook)\/|^lib\/components\/dump-import-script\.ts$/, /./],
  [/^lib\/immich\/dump\.ts$/, /create extension|session authorization/],
  [/^lib\/doctor\/checks\//, /psql\(|--patch '|Write database: \{|write database: \{/],
  [/^lib\/changes\/kinds\/connections\.ts$/, /ALTER DATABASE|REASSIGN OWNED/],
  [/^lib\/changes\/edited\.ts$/, /^\s*`"\$\{value\}"`,$/],
  [/^lib\/overview\/mermaid\.ts$/, /<br\/>/],
  [/^lib\/text\/quoting\.ts$/, /\["\$\{open\}"\]/],
  [/^lib\/synthesis\/protected-values\.ts$/, /metadata\.annotations/],
];

/** Lines that put a value between quotes by themselves. */
function quotedIn(path: string, text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.includes('"${'))
    .filter((line) => !verbatim.some(([where, what]) => where.test(path) && what.test(line)))
    .map((line) => `${path}: ${line.trim()}`);
}

test('a value of others is put into a message by quote, which redacts and cuts it', () => {
  expect(readSourceFiles().flatMap(({ path, text }) => quotedIn(path, text))).toEqual([]);
});

test('every exception is needed', () => {
  const lines = readSourceFiles().flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((line) => line.includes('"${'))
      .map((line) => ({ path, line })),
  );
  const idle = verbatim.filter(
    ([where, what]) => !lines.some(({ path, line }) => where.test(path) && what.test(line)),
  );
  expect(idle).toEqual([]);
});

test('the test itself sees a value between quotes, and passes over one that quote shows', () => {
  const careless = '`"$' + '{name}" is wrong.`';
  expect(quotedIn('lib/schema/a.ts', `  ${careless}`)).toEqual([`lib/schema/a.ts: ${careless}`]);
  expect(quotedIn('lib/doctor/checks/a.ts', careless)).toHaveLength(1);
  expect(quotedIn('lib/schema/a.ts', careless.replace('"$' + '{name}"', '$' + '{quote(name)}'))).toEqual([]);
});
