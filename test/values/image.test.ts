import fc from 'fast-check';
import { parseImage, postgresVersions } from '../../lib/values/image.ts';
import { message, value } from './outcome.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseImage', () => {
  test('reads all parts', () => {
    const text = `ghcr.io/immich-app/immich-server:v3.3.1@${digest}`;
    expect(value(parseImage(text))).toEqual({
      text,
      registry: 'ghcr.io',
      repository: 'immich-app/immich-server',
      tag: 'v3.3.1',
      digest: digest,
    });
  });

  test.each([
    ['postgres:16', { repository: 'postgres', tag: '16' }],
    ['valkey/valkey:9', { repository: 'valkey/valkey', tag: '9' }],
    ['localhost/a:1', { registry: 'localhost', repository: 'a', tag: '1' }],
    ['localhost:5000/a:1', { registry: 'localhost:5000', repository: 'a', tag: '1' }],
    ['registry:5000/a/b__c/d-e.f:x_1', { registry: 'registry:5000', repository: 'a/b__c/d-e.f', tag: 'x_1' }],
    [`a/b@${digest}`, { repository: 'a/b', digest: digest }],
  ])('reads %j', (text, parts) => {
    expect(value(parseImage(text))).toEqual({ text, ...parts });
  });

  test.each([
    [
      'docker.io/valkey/valkey',
      'has no tag and would mean latest. Write one, such as docker.io/valkey/valkey:1.2.3.',
    ],
    ['registry:5000/a', 'has no tag and would mean latest. Write one, such as registry:5000/a:1.2.3.'],
    [
      'ghcr.io/Immich-App/server:v1',
      'has capital letters in its repository. Write ghcr.io/immich-app/server:v1.',
    ],
    [
      'a:1@sha256:12',
      'has a digest that is not sha256. Write @sha256: and 64 lower-case hexadecimal digits.',
    ],
    [`a:1@${digest.toUpperCase()}`, 'has a digest that is not sha256.'],
    [`a:1@${digest}@${digest}`, 'has more than one @.'],
    ['https://ghcr.io/a:1', 'starts with a scheme.'],
    ['a: 1', 'has a space in it.'],
    ['', 'is empty.'],
    ['a:tag!', 'has the tag "tag!"'],
    ['a:', 'has the tag ""'],
    ['a//b:1', 'has "" in its repository'],
    ['_a:1', 'has "_a" in its repository'],
    ['-.io/a:1', 'has the registry "-.io", which is not a host.'],
    [`${'a'.repeat(256)}:1`, 'has a repository of 256 characters.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseImage(text))).toContain(problem);
  });

  test('never throws, and what it reads is made of its parts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.:/@-]{1,20}$/)), (text) => {
        const image = parseImage(text);
        if (!image.ok) return;
        const { registry, repository, tag, digest } = image.value;
        const name = registry === undefined ? repository : `${registry}/${repository}`;
        expect(
          `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`,
        ).toBe(text);
      }),
    );
  });
});

describe('postgresVersions', () => {
  test.each([
    [
      'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
      { postgres: '16.9', major: 16, vectorchord: '0.4.3' },
    ],
    [
      'mirror.example.com/x/cloudnative-vectorchord:17-1.1.1',
      { postgres: '17', major: 17, vectorchord: '1.1.1' },
    ],
    ['ghcr.io/tensorchord/cloudnative-vectorchord:17.5', { postgres: '17.5', major: 17 }],
    ['ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1', { postgres: '18', major: 18, vectorchord: '1.1.1' }],
    ['tensorchord/vchord-postgres:pg17-v0.4.3', { postgres: '17', major: 17, vectorchord: '0.4.3' }],
    [
      'ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0',
      { postgres: '14', major: 14, vectorchord: '0.4.3' },
    ],
    ['ghcr.io/immich-app/postgres:17-vectorchord0.5.3', { postgres: '17', major: 17, vectorchord: '0.5.3' }],
    ['ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm', { postgres: '18.4', major: 18 }],
    ['ghcr.io/cloudnative-pg/postgresql:16.9-0.4.3', { postgres: '16.9', major: 16 }],
    ['postgres:16', { postgres: '16', major: 16 }],
    [
      `ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3@${digest}`,
      { postgres: '16.9', major: 16, vectorchord: '0.4.3' },
    ],
  ])('of %s', (text, versions) => {
    expect(postgresVersions(value(parseImage(text)))).toEqual(versions);
  });

  test.each([
    'ghcr.io/tensorchord/cloudnative-vectorchord:latest',
    `ghcr.io/tensorchord/cloudnative-vectorchord@${digest}`,
    'docker.io/valkey/valkey:9.1',
    'postgres:bookworm',
    'postgres:18beta1',
  ])('of %s are not told by its tag', (text) => {
    expect(postgresVersions(value(parseImage(text)))).toBeUndefined();
  });

  test('do not take the beginning of a longer version', () => {
    const image = value(parseImage('ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3.1'));
    expect(postgresVersions(image)).toEqual({ postgres: '16.9', major: 16 });
  });
});
