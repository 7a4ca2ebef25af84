import fc from 'fast-check';
import { parseBackupSchedule } from '../../lib/cnpg/backup-schedule.ts';
import { parseRetention } from '../../lib/cnpg/retention.ts';
import { secretProblem, withoutSecrets } from '../../lib/text/secret-part.ts';
import { parseCron } from '../../lib/values/cron.ts';
import { parseImage } from '../../lib/values/image.ts';
import * as locations from '../../lib/values/locations.ts';
import * as names from '../../lib/values/names.ts';
import type { Parsed } from '../../lib/values/parsed.ts';
import { quote } from '../../lib/values/parsed.ts';
import { parseQuantity } from '../../lib/values/quantity.ts';
import { parseImmichVersion, parseOperatorVersion } from '../../lib/values/version.ts';

const parsers: readonly ((text: string) => Parsed<unknown>)[] = [
  ...[parseBackupSchedule, parseCron, parseImage, parseQuantity, parseRetention],
  ...[parseImmichVersion, parseOperatorVersion],
  ...[names.parseDnsLabel, names.parseDnsSubdomain, names.parseHost, names.parseSecretKey],
  ...[locations.parseAzureDestination, locations.parseEndpoint, locations.parseBucket],
  ...[locations.parseNfsPath, locations.parseNfsServer, locations.parseCidr],
];

describe('withoutSecrets', () => {
  test.each([
    ['https://user:pass@s3.example.com', 'https://…'],
    ['https://user:p@ss/w?rd@s3.example.com', 'https://…'],
    ['https://a.blob.core.windows.net/c?sv=2024&sig=abc', 'https://a.blob.core.windows.net/c?…'],
    ['https://a.blob.core.windows.net/c#abc', 'https://a.blob.core.windows.net/c?…'],
    ['user:pass@host', '…@host'],
    ['AccountName=a;AccountKey=abc==;EndpointSuffix=x', 'AccountName=a;AccountKey=…'],
  ])('hides what is secret in %s', (text, open) => {
    expect(withoutSecrets(text)).toBe(open);
  });

  test.each(['0 0 3 ? * *', '@daily', 'a/b:1@sha256:abc', 'https://s3.example.com/x', 'a@b', ''])(
    'shows all of %j',
    (text) => {
      expect(withoutSecrets(text)).toBe(text);
      expect(secretProblem(text)).toBeUndefined();
    },
  );
});

describe('quoted', () => {
  test('shows a text on one line, cut', () => {
    expect(quote('a "b"\n')).toBe('"a \\"b\\"\\n"');
    expect(quote('x'.repeat(1000)).length).toBeLessThan(100);
  });
});

test('no message of any parser repeats a password, a token or a key', () => {
  const secret = fc.stringMatching(/^[a-zA-Z0-9+/=~!]{6,12}$/).map((text) => `S3cret${text}`);
  const start = fc.constantFrom('https://', 'http://', 'azure://', 'nfs://', 's3://', '');
  const host = fc.constantFrom('s3.example.com', 'a.blob.core.windows.net', 'ghcr.io', '10.0.0.1', 'nas');
  const path = fc.constantFrom('', '/', '/immich', '/Immich/X:1', ':443/x', ':v1');
  const texts = fc
    .tuple(start, host, path, secret)
    .chain(([scheme, name, rest, hidden]) =>
      fc.constantFrom(
        ...[`${scheme}user:${hidden}@${name}${rest}`, `${scheme}${name}${rest}?sig=${hidden}`],
        ...[
          `${scheme}${name}${rest}?sv=1&se=2&sig=${hidden}`,
          `${scheme || 'https://'}${name}${rest}?${hidden}`,
        ],
        ...[
          `AccountName=${name};AccountKey=${hidden}`,
          `${scheme}${name}${rest};SharedAccessSignature=${hidden}`,
        ],
      ),
    );
  fc.assert(
    fc.property(texts, fc.constantFrom(...parsers), (text, parse) => {
      const result = parse(text);
      if (!result.ok) expect(result.message.toLowerCase()).not.toContain('s3cret');
    }),
    { numRuns: 3000 },
  );
});

test('every parser refuses with one sentence about the quoted text, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
      fc.constantFrom(...parsers),
      (text, parse) => {
        const result = parse(text);
        if (!result.ok) expect(result.message).toMatch(/^"[^\n]*" [^\n]*\.$/);
      },
    ),
    { numRuns: 1000 },
  );
});
