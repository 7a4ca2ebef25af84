import { standardFlux } from '../../cli/init/delivery.ts';
import { type Answers, firstInstallation } from '../../cli/init/first-installation.ts';
import type { Place } from '../../cli/init/place.ts';
import { renovateConfiguration } from '../../cli/init/renovate.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import preset from '../../renovate/installations.json' with { type: 'json' };
import { edited, home } from '../installation/example.ts';
import { installed } from '../review/trees.ts';
import { below, root } from './places.ts';

const answers: Answers = {
  ...{
    name: 'home',
    immichVersion: 'v3.3.1',
    host: 'photos.example.org',
    storageClass: 'fast',
    librarySize: '1Ti',
  },
  ...{ bucket: 'ours', endpoint: 'https://minio.example.org', credentials: 'immich-backup', issuer: 'ours' },
  libraryBackup: 'volsync',
  ...{ namespace: 'immich', sharedBecause: undefined, delivery: { kind: 'flux', place: standardFlux } },
};
const first = firstInstallation(answers, 'schema.json', 'dist');
const image = /image: (\S+)/.exec(first)?.[1] ?? '';
const digest = `sha256:${'a1'.repeat(32)}`;

type Configuration = typeof preset;
const configurationOf = (place: Place): Configuration => JSON.parse(renovateConfiguration(place));

/** Renovate writes patterns of files between slashes. */
function matchesFile(pattern: string, path: string): boolean {
  return new RegExp(pattern.slice(1, -1)).test(path);
}

/** What each manager finds in a text: the name of the dependency, its value, and the text that Renovate replaces. */
function found(text: string) {
  return preset.customManagers.flatMap((manager) =>
    manager.matchStrings.flatMap((one) =>
      [...text.matchAll(new RegExp(one, 'g'))].map((match) => ({
        manager,
        name: manager.depNameTemplate ?? match.groups?.['depName'],
        value: match.groups?.['currentValue'],
        digest: match.groups?.['currentDigest'],
        replaced: match[0],
        groups: match.groups ?? {},
      })),
    ),
  );
}

/** Renovate's template for what it writes, as far as the preset uses it. */
function written(template: string, groups: { readonly [name: string]: string | undefined }): string {
  return template
    .replace(/\{\{#if (\w+)\}\}(.*?)\{\{\/if\}\}/g, (_, name, inner) =>
      groups[name] === undefined ? '' : inner,
    )
    .replace(/\{\{\{(\w+)\}\}\}/g, (_, name) => groups[name] ?? '');
}

describe('what init writes', () => {
  test('has a line for Immich, and one for PostgreSQL and VectorChord', () => {
    expect(found(first).map(({ name, value }) => `${name} ${value}`)).toEqual([
      'Immich v3.3.1',
      `PostgreSQL of Immich ${image.split(':')[1]}`,
      `VectorChord of Immich ${image.split(':')[1]}`,
      `ghcr.io/tensorchord/cloudnative-vectorchord ${image.split(':')[1]}`,
      'ghcr.io/immich-app/immich-server v3.3.1',
      'ghcr.io/immich-app/immich-machine-learning v3.3.1',
      expect.stringMatching(/^docker\.io\/valkey\/valkey 9\./),
    ]);
  });

  test('gets a digest at its image, and is still understood', () => {
    const postgres = found(first).find(({ name }) => name === 'PostgreSQL of Immich');
    const { replaced = '', groups = {}, manager } = postgres ?? {};
    const line = written(manager?.autoReplaceStringTemplate ?? '', {
      ...groups,
      newValue: groups['currentValue'],
      newDigest: digest,
    });
    expect(line).toBe(`${image}@${digest}`);
    const pinned = edited(first, [replaced, line]);
    expect(
      parseInstallation('home.yaml', pinned).problems.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    expect(found(pinned).map((one) => one.digest)).toEqual([undefined, digest, digest, digest]);
    const again = written(manager?.autoReplaceStringTemplate ?? '', {
      ...groups,
      newValue: '17.99-1.1.1',
      newDigest: digest,
    });
    expect(again).toMatch(/:17\.99-1\.1\.1@sha256:/);
  });

  test('gets digests in the lines that are comments, so that they are ready to be used', () => {
    const lines = found(first).filter(({ replaced }) => replaced.endsWith('@sha256:...'));
    expect(lines).toHaveLength(3);
    let text = first;
    for (const { replaced, groups, manager } of lines) {
      const line = written(manager.autoReplaceStringTemplate ?? '', {
        ...groups,
        newValue: groups['currentValue'],
        newDigest: digest,
      });
      text = edited(text, [replaced, line]);
    }
    expect(text).not.toContain('sha256:...');
    const used = text
      .replace(/^( *)# image/gm, '$1image')
      .replace(/^# (machineLearning| {2}image)/gm, '$1')
      .replace('#   image', '  image');
    expect(
      parseInstallation('home.yaml', used).problems.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    expect(used.match(/^ +image: .*@sha256:[a-f0-9]{64}$/gm)).toHaveLength(3);
  });

  test('gets another version of Immich', () => {
    const immich = found(first).find(({ name }) => name === 'Immich');
    const next = first.replace(immich?.replaced ?? '', immich?.replaced.replace('v3.3.1', 'v3.4.0') ?? '');
    expect(next).toContain('\nversion: v3.4.0\n');
  });
});

test('images of other keys are found with and without quotes, digest and port; addresses and versions of others are not', () => {
  const text = `${home}
server: { image: "registry.example.com:5000/immich-server:v3.3.1" }
machineLearning:
  image: ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda@${digest}
valkey: { image: 'docker.io/valkey/valkey:9.1.2' }
other: https://s3.example.com:443/a
`;
  const names = found(text).map(({ name, value }) => `${name} ${value}`);
  expect(names).toContain('ghcr.io/immich-app/immich-machine-learning v3.3.1-cuda');
  expect(names).toContain('docker.io/valkey/valkey 9.1.2');
  expect(names.filter((name) => /s3\.example|operator/.test(name))).toEqual([]);
});

test('one change at a time: neither is offered what changes the other', () => {
  const versioning = (name: string) =>
    new RegExp(
      preset.customManagers
        .find(({ depNameTemplate }) => depNameTemplate === name)
        ?.versioningTemplate?.replace('regex:', '') ?? '',
    );
  const parts = (name: string, value: string) => versioning(name).exec(value)?.groups;
  expect(parts('PostgreSQL of Immich', '17.10-1.1.1')).toEqual({
    major: '17',
    minor: '10',
    compatibility: '1.1.1',
  });
  expect(parts('VectorChord of Immich', '17.10-1.1.1')).toEqual({
    compatibility: '17.10',
    major: '1',
    minor: '1',
    patch: '1',
  });
  expect(parts('PostgreSQL of Immich', '17-1.1.1')).toBeUndefined();
});

test.each([
  [root, 'installations/home.yaml', 'dist/home/home/app/deployment.immich-server.yaml'],
  [below, 'apps/immich/ours/home.yml', 'apps/immich/made/home/home/app/deployment.immich-server.yaml'],
])('the files are those of the place', (place, own, made) => {
  for (const { managerFilePatterns } of configurationOf(place).customManagers) {
    expect(managerFilePatterns.map((one) => matchesFile(one, own))).toEqual([true]);
    for (const other of [made, `other/${own}`, `${own}.bak`, 'kubernetes/apps/a/helmrelease.yaml']) {
      expect(managerFilePatterns.map((one) => matchesFile(one, other))).toEqual([false]);
    }
  }
  const [rule] = configurationOf(place).packageRules.filter(
    ({ enabled, matchFileNames }) => enabled === false && matchFileNames !== undefined,
  );
  expect(rule?.matchFileNames).toEqual([`${place.dist}/**`]);
});

test('the preset itself knows the default folders', () => {
  for (const { managerFilePatterns } of preset.customManagers) {
    expect(matchesFile(managerFilePatterns[0] ?? '', 'installations/home.yaml')).toBe(true);
    expect(matchesFile(managerFilePatterns[0] ?? '', 'a/installations/home.yaml')).toBe(true);
    expect(matchesFile(managerFilePatterns[0] ?? '', 'dist/home/installations.yaml')).toBe(false);
  }
});

test('Renovate runs expressions by RE2, which looks neither ahead nor behind', () => {
  for (const { matchStrings, managerFilePatterns } of preset.customManagers) {
    for (const one of [...matchStrings, ...managerFilePatterns]) expect(one).not.toMatch(/\(\?<?[=!]/);
  }
});

/**
 * The patterns of files in which managers of home-operations' repositories look for images, which would edit dist there:
 * https://github.com/onedr0p/cluster-template
 */
const homeOperations = ['/(^|/)kubernetes/.+\\.ya?ml(?:\\.j2)?$/', '/(^|/)kubernetes/.+\\.ya?ml$/'];

/** What their preset looks for in all files: https://github.com/home-operations/renovate-config/blob/main/annotated.json5 */
const annotated =
  /datasource=(?<datasource>\S+) depName=(?<depName>\S+)(?: versioning=(?<versioning>\S+))?\n.+(:\s|=)(&\S+\s)?["']?(?<currentValue>[^"'\s]+)["']?/;

describe('in a repository with the preset of home-operations', () => {
  const folder = { output: 'kubernetes/apps/immich', dist: 'kubernetes/apps/immich' };
  const place: Place = { ...root, ...folder, own: folder };
  const texts = new Map(
    Object.entries(installed(home)).map(([path, text]) => [path.replace(/^dist/, place.dist), text]),
  );
  const paths = [...texts.keys()].filter(
    (path) => path.startsWith(`${place.dist}/`) && path.endsWith('.yaml'),
  );

  test.each(homeOperations)('what %s finds in our dist is left alone', (pattern) => {
    const rules = configurationOf(place).packageRules.filter(({ enabled }) => enabled === false);
    const isLeft = (path: string) =>
      rules.some(({ matchFileNames = [] }) =>
        matchFileNames.some((one) => path.startsWith(one.replace(/\*\*$/, ''))),
      );
    const seen = paths.filter((path) => matchesFile(pattern, path));
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter((path) => !isLeft(path))).toEqual([]);
    expect(isLeft('kubernetes/apps/other/helmrelease.yaml')).toBe(false);
  });

  test('nothing of ours looks like one of its annotations', () => {
    expect(annotated.test('# renovate: datasource=docker depName=a/b\nVERSION: v1.0.0')).toBe(true);
    expect([...texts].filter(([, text]) => annotated.test(text)).map(([path]) => path)).toEqual([]);
    expect(annotated.test(first)).toBe(false);
  });
});
