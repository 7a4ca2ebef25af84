import type { AdminConfigDto } from '@immich/sdk';
import fc from 'fast-check';
import type { SecretSetting } from '../../lib/immich/config/secret-setting.ts';
import { configProblems, type ImmichConfig, immichConfig } from '../../lib/immich/config.ts';
import { release } from '../../lib/immich/release.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { Place, type Problem } from '../../lib/schema/place.ts';

describe('the settings', () => {
  test('that are not written are not invented', () => {
    expect(read({})).toEqual({ config: {}, problems: [] });
    expect(Object.keys(read({ trash: { days: 7 } }).config ?? {})).toEqual(['trash']);
    expect(JSON.stringify(read({ trash: { days: 7 }, job: {} }).config)).toBe(
      '{"job":{},"trash":{"days":7}}',
    );
  });

  test('of every section are read as they are written', () => {
    const written = {
      backup: { database: { enabled: true, cronExpression: '30 2 * * *', keepLastAmount: 7 } },
      ffmpeg: {
        accel: 'qsv',
        acceptedAudioCodecs: ['aac', 'opus'],
        crf: 21,
        maxBitrate: '8M',
        realtime: { enabled: true, resolutions: [720, 1080] },
        targetResolution: 'original',
      },
      image: { thumbnail: { format: 'webp', size: 250, progressive: true } },
      integrityChecks: { checksumFiles: { percentageLimit: 0.25 } },
      job: { smartSearch: { concurrency: 4 } },
      library: { watch: { enabled: false } },
      logging: { level: 'warn' },
      machineLearning: {
        urls: ['http://immich-machine-learning:3003'],
        facialRecognition: { maxDistance: 0.4 },
      },
      map: { lightStyle: 'https://tiles.example.com/light.json' },
      metadata: { faces: { import: true } },
      newVersionCheck: { enabled: false },
      nightlyTasks: { startTime: '23:59' },
      notifications: {
        smtp: { from: 'Immich <photos@example.com>', transport: { host: 'mail', port: 465 } },
      },
      oauth: { issuerUrl: 'https://login.example.com', defaultStorageQuota: null, clientId: 'immich' },
      passwordLogin: { enabled: false },
      reverseGeocoding: { enabled: false },
      server: { externalDomain: '', loginPageMessage: '' },
      storageTemplate: { template: '{{y}}/{{filename}}' },
      templates: { email: { welcomeTemplate: 'Hello' } },
      theme: { customCss: 'p { color: red }' },
      trash: { enabled: false },
      user: { deleteDelay: 1 },
    };
    expect(read(written)).toEqual({ config: written, problems: [] });
  });

  test.each<[string, object, string]>([
    [
      'an unknown section',
      { storageTemplates: {} },
      '"storageTemplates" is not a known key. Did you mean "storageTemplate"?',
    ],
    ['an unknown key', { trash: { day: 3 } }, '"day" is not a known key. Did you mean "days"?'],
    ['another word', { ffmpeg: { accel: 'cuda' } }, '"cuda" is not one of nvenc, qsv'],
    ['another number', { ffmpeg: { realtime: { resolutions: [1000] } } }, '1000 is not one of 480, 720'],
    ['a number out of bounds', { ffmpeg: { crf: 52 } }, '52 is not a whole number from 0 to 51'],
    [
      'a share above 1',
      { integrityChecks: { checksumFiles: { percentageLimit: 100 } } },
      '100 is not a number from 0 to 1',
    ],
    ['no concurrency', { job: { search: { concurrency: 0 } } }, '0 is not a whole number from 1'],
    [
      'seven cron fields',
      { library: { scan: { cronExpression: '0 0 0 * * * *' } } },
      '"0 0 0 * * * *" has seven fields',
    ],
    ['no address', { machineLearning: { urls: [] } }, 'The list is empty. Write at least one entry'],
    ['a time without zero', { nightlyTasks: { startTime: '3:30' } }, '"3:30" is not a time of day'],
    [
      'a host without scheme',
      { server: { externalDomain: 'photos.example.com' } },
      '"photos.example.com" is not an address',
    ],
    ['an empty style', { map: { darkStyle: '' } }, '"" is not an address'],
    ['a quota in words', { oauth: { defaultStorageQuota: 'none' } }, '"none" is not a whole number'],
    [
      'lines as a number',
      { ffmpeg: { targetResolution: 720 } },
      '720 is read as a number here. Write "720", with the quotes.',
    ],
    ['lines with a letter', { ffmpeg: { targetResolution: '720p' } }, '"720p" is not a resolution'],
    ['a bit rate in words', { ffmpeg: { maxBitrate: '8 Mbit' } }, '"8 Mbit" is not a bit rate'],
  ])('refuse %s', (_, written, message) => {
    const { problems } = read(written);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  test('write cron expressions with numbers, as every version reads them', () => {
    const scan = (cronExpression: string) =>
      read({ library: { scan: { cronExpression } } }).config?.library?.scan;
    expect(scan('0 4 * JAN,jul MON-FRI')?.cronExpression).toBe('0 4 * 1,7 1-5');
    expect(scan('@daily')?.cronExpression).toBe('0 0 * * *');
    expect(scan('*/15 0 * * 0')?.cronExpression).toBe('*/15 0 * * 0');
  });
});

describe('secrets', () => {
  test.each<[string, object, string[]]>([
    ['clientSecret', { oauth: { clientSecret: 'hunter2' } }, ['oauth', 'clientSecret']],
    [
      'password',
      { notifications: { smtp: { transport: { password: 'hunter2' } } } },
      ['notifications', 'smtp', 'transport', 'password'],
    ],
  ])('%s is refused, and not repeated', (_, written, path) => {
    const { config, problems } = read(written);
    expect(problems).toEqual([
      { severity: 'error', path, ofKey: false, message: expect.stringContaining('Keep it in a Secret') },
    ]);
    expect(JSON.stringify({ config, problems })).not.toContain('hunter2');
  });
});

describe('a version', () => {
  test.each<[string, object, [number, number, number], string[]]>([
    ['older than a key', { job: { editor: {} } }, [2, 4, 1], ['job.editor']],
    ['that has it', { job: { editor: {} } }, [2, 5, 0], []],
    ['older than a section', { integrityChecks: {} }, [2, 7, 5], ['integrityChecks']],
    ['that has the section', { integrityChecks: {} }, [3, 0, 0], []],
    [
      'older than several keys',
      { oauth: { prompt: 'login', enabled: true }, image: { preview: { progressive: true } } },
      [2, 0, 0],
      ['image.preview.progressive', 'oauth.prompt'],
    ],
    [
      'newer than a codec',
      { ffmpeg: { targetAudioCodec: 'libopus', acceptedAudioCodecs: ['aac', 'libopus'] } },
      [3, 0, 0],
      ['ffmpeg.targetAudioCodec', 'ffmpeg.acceptedAudioCodecs.1'],
    ],
    ['with that codec', { ffmpeg: { targetAudioCodec: 'opus' } }, [3, 0, 0], []],
    ['older than a codec', { ffmpeg: { targetAudioCodec: 'opus' } }, [2, 5, 6], ['ffmpeg.targetAudioCodec']],
    ['with the first of a codec', { ffmpeg: { targetAudioCodec: 'opus' } }, [2, 6, 0], []],
    [
      'older than a section, told once',
      { ffmpeg: { realtime: { resolutions: [720] } } },
      [2, 7, 5],
      ['ffmpeg.realtime'],
    ],
    [
      'older than a key of a section',
      { ffmpeg: { realtime: { enabled: true, resolutions: [720] } } },
      [3, 0, 1],
      ['ffmpeg.realtime.resolutions'],
    ],
    ['of which it is not known', { oauth: { accountManagementUrl: 'https://a' } }, [3, 1, 0], []],
    [
      'that has it not',
      { oauth: { accountManagementUrl: 'https://a' } },
      [3, 0, 3],
      ['oauth.accountManagementUrl'],
    ],
    ['with both codecs', { ffmpeg: { acceptedAudioCodecs: ['opus', 'libopus'] } }, [2, 7, 5], []],
    ['without anything special', { trash: { days: 3 } }, [1, 140, 0], []],
  ])('%s', (_, config, version, paths) => {
    expect(configProblems(config, release(...version)).map(({ path }) => path.join('.'))).toEqual(paths);
  });

  test('is told what to write instead', () => {
    const config = { ffmpeg: { targetAudioCodec: 'libopus' } };
    expect(configProblems(config, release(3, 3, 1))[0]?.message).toBe(
      '"libopus" is not a codec to Immich v3.3.1, which would not start. Write opus.',
    );
  });
});

test('every key has a description, which ends as a sentence does', () => {
  const keys = keysOf(immichConfig.json);
  // Those of Immich, and two times the Secret and the key that a setting comes from.
  expect(keys).toHaveLength(202 + 2 * 2);
  for (const { description } of keys) expect(description).toMatch(/^[A-Z].*\.$/);
});

test('whatever is written, reading it ends with a value or problems, never an exception', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom(...names), maxDepth: 4 }), (written) => {
      const { config, problems } = read(written);
      expect(config !== undefined || problems.length > 0).toBe(true);
    }),
  );
});

// The rest is checked by the compiler: the settings are those of Immich itself, with the same types.
type Leaf = string | number | boolean | null | undefined;
/** Enumerations as the words they stand for. */
type Words<T> = T extends string
  ? `${T}`
  : T extends number
    ? `${T}` extends `${infer N extends number}`
      ? N
      : T
    : T;
/** What may be written for a `T`, key by key. */
type Writable<T> = T extends Leaf
  ? Words<T>
  : T extends readonly (infer Item)[]
    ? readonly Writable<Item>[]
    : { readonly [K in keyof T]?: Writable<T[K]> | undefined };
/** What we read, without the codec that only v2 knows, and with the texts that come out of Secrets. */
type Newest<T> = T extends SecretSetting
  ? string
  : T extends Leaf
    ? Exclude<T, 'libopus'>
    : T extends readonly (infer Item)[]
      ? readonly Newest<Item>[]
      : { readonly [K in keyof T]: Newest<T[K]> };
/** The names of all keys, with the way to them. */
type Keys<T, Before extends string = ''> = T extends Leaf | SecretSetting | readonly unknown[]
  ? never
  : { [K in keyof T & string]-?: `${Before}${K}` | Keys<NonNullable<T[K]>, `${Before}${K}.`> }[keyof T &
      string];
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

test('the keys and types are those of Immich', () => {
  const sameKeys: Same<Keys<ImmichConfig>, Keys<AdminConfigDto>> = true;
  const assignable: Newest<ImmichConfig> extends Writable<AdminConfigDto> ? true : false = true;
  expect([sameKeys, assignable]).toEqual([true, true]);
});

function read(written: object): { config: ImmichConfig | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  const config = immichConfig.read(written, new Place([], problems));
  return { config, problems };
}

interface NamedKey {
  readonly name: string;
  readonly description: string | undefined;
}

function keysOf({ properties = {} }: JsonSchema): NamedKey[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    { name, description: schema.description },
    ...keysOf(schema),
  ]);
}

const names = [...new Set(keysOf(immichConfig.json).map(({ name }) => name)), 'constructor', '__proto__'];
