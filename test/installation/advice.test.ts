import { parse, stringify } from 'yaml';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { home, k3s, tachtit } from './example.ts';

/** Where a text of a certain kind stands, in a file that has it. */
const places: readonly (readonly [path: string, base: string])[] = [
  ['name', home],
  ['version', home],
  ['host', home],
  ['timezone', home],
  ['namespace', home],
  ['volumes.library.size', home],
  ['volumes.library.storageClass', home],
  ['volumes.library.backup.volsync.schedule', home],
  ['volumes.library.backup.volsync.endpoint', home],
  ['volumes.library.nfs.server', tachtit],
  ['volumes.library.nfs.path', tachtit],
  ['database.cnpg.operator', home],
  ['database.cnpg.image', home],
  ['database.cnpg.storage.size', home],
  ['database.cnpg.instances', home],
  ['database.cnpg.backup.schedule', home],
  ['database.cnpg.backup.retention', home],
  ['database.cnpg.backup.s3.bucket', home],
  ['database.cnpg.backup.s3.endpoint', home],
  ['database.external.host', k3s],
  ['database.external.port', k3s],
  ['database.external.database', k3s],
  ['database.external.password.key', k3s],
  ['server.resources.requests.cpu', home],
  ['server.resources.limits.memory', home],
  ['server.environment.NO_COLOR', home],
  ['server.image', home],
  ['server.trustedProxies', home],
  ['server.user', home],
  ['server.internet', home],
  ['route.traefik.readTimeout', home],
  ['flux.path', home],
  ['flux.interval', home],
];

const odd: readonly unknown[] = [
  ...[500, 5, 2, 0, 1.5, 2.7, true, '5', '3.3.1', '2.7', '1.30', 'v3', 'latest', 'true'],
  ...['500G', '500GB', '500 Gi', '30 days', '60', '600', 'x y', 'Photos', 'ghcr.io/Immich-App/Server', 'a,b'],
  ...['0 3 * * *', '0 0 3 * * *', '10.0.0.0/8', 'HTTPS://S3.example.com', 's3.example.com'],
];

/** The error at a value of the file, or undefined. */
function errorAt(base: string, path: string, value: unknown): string | undefined {
  const data: unknown = parse(base);
  const steps = path.split('.');
  let at = data;
  for (const step of steps.slice(0, -1)) {
    const inside = isMapping(at) ? at[step] : undefined;
    const next = isMapping(inside) ? inside : {};
    if (isMapping(at)) at[step] = next;
    at = next;
  }
  if (isMapping(at)) at[steps.at(-1) ?? ''] = value;
  return parseInstallation('x.yaml', stringify(data)).problems.find(
    ({ severity, key }) => severity === 'error' && (key === path || key.startsWith(`${path}[`)),
  )?.message;
}

function isMapping(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a message says to write: values as YAML reads them, in the order of the message. */
function advised(message: string, value: unknown): unknown[] {
  if (message.endsWith('Put what you wrote in quotes.')) return [String(value)];
  const [, least] = /whole number from (\d+) to \d+\. Write one\.$/.exec(message) ?? [];
  if (least !== undefined) return [Number(least)];
  const advice = message.slice(message.lastIndexOf('Write '));
  const words = advice.match(/"[^"]*"|\[[^\]]*\]|[^\s"]+/g) ?? [];
  return words
    .map((word) => word.replace(/[.,;:]+$/, ''))
    .filter((word) => word !== '' && word !== 'Write')
    .flatMap((word) => {
      try {
        return [parse(word)];
      } catch {
        return [];
      }
    });
}

describe.each(places)('at %s', (path, base) => {
  test.each(odd.map((value) => [JSON.stringify(value), value] as const))(
    '%s: the advice is right as it stands',
    (_text, value) => {
      const message = errorAt(base, path, value);
      // A tag is advised of which nothing is known but its form.
      if (message === undefined || message.endsWith(':1.2.3.')) return;
      expect(message).toMatch(/Write |in quotes\.$/);
      const accepted = advised(message, value).filter((other) => errorAt(base, path, other) === undefined);
      expect({ message, isRight: accepted.length > 0 }).toEqual({ message, isRight: true });
    },
  );
});

test.each([
  ['volumes.library.size', 500, '"500" is a number of bytes. Write the unit: 500Mi or 500Gi.'],
  [
    'version',
    2.7,
    expect.stringMatching(
      /^"2\.7" can name another version tomorrow.* Write one release, such as v3\.3\.1\.$/,
    ),
  ],
  [
    'database.cnpg.operator',
    1.3,
    expect.stringMatching(
      /^"1\.3" is older than 1\.26, .* or lacks its quotes: without them 1\.30 is read as 1\.3\./,
    ),
  ],
  ['name', 500, '500 is read as a number here. Write "500", with the quotes.'],
  ['database.cnpg.instances', '2', '"2" is read as a text here. Write 2, without quotes.'],
  ['server.internet', 'true', '"true" is read as a text here. Write true, without quotes.'],
  ['server.trustedProxies', '10.0.0.0/8', '"10.0.0.0/8" is not a list. Write ["10.0.0.0/8"].'],
])('%s: %j is told in one step', (path, value, message) => {
  expect(errorAt(home, path, value)).toEqual(message);
});
