import { parse, stringify } from 'yaml';
import { installationKeys } from '../../lib/installation/installation-file.ts';
import { wishes } from '../../lib/installation/wishes.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { edited, errorsIn, home, k3s, tachtit } from './example.ts';

/** Its library can be mounted by several pods, as more than one of them needs. */
const shared = edited(home, ['size: 500Gi,', 'size: 500Gi, accessMode: ReadWriteMany,']);

/** The files in which the advice of a section is tried, where home is not the one. */
const bases = new Map([
  ['', shared],
  ['database.external', k3s],
  ['volumes.generated', tachtit],
]);

/** Sections that are one of several; the advice takes the place of the whole. */
const choices = [
  'database',
  'volumes.library',
  'volumes.generated',
  'volumes.models',
  'volumes.externalLibraries.*',
];

interface Mapping {
  [key: string]: unknown;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping at a path, made where it is not there. */
function sectionOf(data: Mapping, path: readonly string[]): Mapping {
  return path.reduce((at, step) => {
    const inside = at[step];
    if (isMapping(inside)) return inside;
    const made: Mapping = {};
    at[step] = made;
    return made;
  }, data);
}

/** The file with keys added to a section. */
function withKeys(base: string, path: readonly string[], keys: Mapping, whole = false): string {
  const data: Mapping = parse(base);
  const section = sectionOf(data, path);
  if (whole) for (const key of Object.keys(section)) delete section[key];
  Object.assign(section, keys);
  return stringify(data);
}

/** The names of all keys that may stand at a path. */
function knownAt(json: JsonSchema, path: readonly string[]): string[] {
  const [step, ...rest] = path;
  const forms = [json, ...(json.oneOf ?? [])];
  if (step === undefined) return forms.flatMap((form) => Object.keys(form.properties ?? {}));
  return forms.flatMap((form) => {
    const { additionalProperties: any } = form;
    const inside = form.properties?.[step] ?? (typeof any === 'object' ? any : undefined);
    return inside === undefined ? [] : knownAt(inside, rest);
  });
}

describe.each([...wishes])('below "%s"', (section, wishes) => {
  // In the place of any name.
  const path = section === '' ? [] : section.replace('*', 'family').split('.');
  const base = bases.get(section) ?? home;

  test.each(wishes.map((wish) => [wish.keys, wish] as const))('%s', (_keys, wish) => {
    const keys = wish.keys.split(' ');
    const known = knownAt(installationKeys.json, path);
    expect(known).not.toEqual([]);
    expect(keys.filter((key) => known.includes(key))).toEqual([]);
    for (const key of keys) {
      const told = errorsIn(withKeys(base, path, { [key]: wish.about === undefined ? 'x' : 's3://photos' }));
      expect(told).toContainEqual(
        expect.stringContaining(
          `: ${[...path, key].join('.')}: "${key}" is not a known key. ${wish.says ?? ''}`,
        ),
      );
    }
    const { write, at } = wish;
    if (write === undefined) {
      expect(wish.says).toMatch(/^[A-Z].*\.$/);
      return;
    }
    const mapping = parse(`{ ${write} }`);
    const advised =
      at === 'top' ? withKeys(base, [], mapping) : withKeys(base, path, mapping, choices.includes(section));
    expect(errorsIn(advised)).toEqual([]);
  });
});

test('no wish stands in a section twice', () => {
  for (const section of wishes.values()) {
    const allKeys = section.flatMap((wish) => wish.keys.split(' '));
    for (const isAbout of [true, false]) {
      const keys = section
        .filter(({ about }) => (about !== undefined) === isAbout)
        .flatMap((wish) => wish.keys.split(' '));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
    expect(allKeys.filter((key) => !/^[a-z0-9]+$/.test(key))).toEqual([]);
  }
});

describe('one of several keys that is written by another name', () => {
  test.each([
    [
      'in other letters',
      edited(home, ['{ storageClass: longhorn, size: 500Gi,', '{ storageclass: longhorn, size: 500Gi,']),
      ['6:14: volumes.library.storageclass: "storageclass" is not a known key. Did you mean "storageClass"?'],
    ],
    [
      'by the name of its program',
      home.replace(/ {2}cnpg:[\s\S]*?(?=route:)/, '  postgres: { size: 20Gi }\n'),
      [
        '9:3: database.postgres: "postgres" is not a known key. A database is made here by CloudNativePG; one that exists already is written as external: { host, password }. Write cnpg: { image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1, storage: { storageClass: longhorn, size: 20Gi }, backup: { s3: { bucket: immich-backups, credentials: immich-backup } } }.',
      ],
    ],
    [
      'with a slip, where all keys stand in one mapping',
      edited(home, ['      s3: {', '      s33: {']),
      ['13:7: database.cnpg.backup.s33: "s33" is not a known key. Did you mean "s3"?'],
    ],
    [
      'beside another slip',
      edited(home, ['{ storageClass: longhorn, size: 500Gi,', '{ storageclass: longhorn, sice: 500Gi,']),
      [
        '6:14: volumes.library.storageclass: "storageclass" is not a known key. Did you mean "storageClass"?',
        '6:38: volumes.library.sice: "sice" is not a known key. Did you mean "size"?',
      ],
    ],
    [
      'and one that is no name of any is told beside what is missing',
      edited(home, ['{ storageClass: longhorn, size: 500Gi,', '{ sice: 500Gi,']),
      [
        '6:12: volumes.library: One of storageClass, nfs, existingClaim is missing. Write exactly one of them.',
        '6:14: volumes.library.sice: "sice" is not a known key. Did you mean "size"?',
      ],
    ],
  ])('%s', (_what, text, told) => {
    expect(errorsIn(text)).toEqual(told);
  });
});

test.each([
  ['\nhost:', '\ns3: { bucket: photos }\nhost:'],
  ['\nhost:', '\nstorageBackend: s3\nhost:'],
  ['\nhost:', '\nserver: { s3: { bucket: photos } }\nhost:'],
  ['volumes:\n', 'volumes:\n  bucket: photos\n'],
  ['library: {', 'library: { s3: { bucket: photos },'],
  ['library: {', 'library: { r2: { bucket: photos },'],
  ['library: {', 'library: s3://photos\n  generated: {'],
  ['\nhost:', '\nstorage: { s3: { bucket: photos } }\nhost:'],
  ['\nhost:', '\nstorage: s3\nhost:'],
  ['\nhost:', '\nstorage: { type: objectStorage }\nhost:'],
  ['\nhost:', '\nmediaLocation: s3://photos/immich\nhost:'],
  ['\nhost:', '\nconfig: { storage: { backend: s3 } }\nhost:'],
  ['\nhost:', '\nserver: { environment: { IMMICH_MEDIA_LOCATION: s3://photos } }\nhost:'],
  ['volumes:\n', 'volumes:\n  mediaLocation: s3://photos/immich\n'],
  ['volumes:\n', 'volumes:\n  storage: { bucket: photos }\n'],
  ['volumes:\n', 'volumes:\n  generated: { bucket: photos }\n'],
])('photos in a bucket are told not to be possible: %j as %j', (from, to) => {
  expect(errorsIn(edited(home, [from, to])).join('\n')).toContain(
    'Immich keeps photos in files only; a bucket can hold their backups.',
  );
});

test('a bucket for backups is no wish for photos in it, and neither is a place for photos on a disk', () => {
  expect(errorsIn(home)).toEqual([]);
  for (const written of ['storage: 500Gi', 'storage: { storageClass: longhorn }', 'mediaLocation: /photos']) {
    const told = errorsIn(edited(home, ['\nhost:', `\n${written}\nhost:`])).join('\n');
    expect(told).toContain('is not a known key.');
    expect(told).not.toContain('a bucket');
  }
});

test('an external library in a bucket is a claim of a driver that mounts it', () => {
  const library = 'externalLibraries: { family: { s3: { bucket: photos }, path: /mnt/family } }';
  expect(errorsIn(edited(home, ['volumes:\n', `volumes:\n  ${library}\n`]))).toEqual([
    expect.stringContaining('A CSI driver that mounts a bucket gives it a claim. Write existingClaim:'),
  ]);
});
