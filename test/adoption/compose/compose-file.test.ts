import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptedFromCompose } from '../../../lib/adoption/adoption.ts';
import { composeFile } from '../../../lib/adoption/compose/compose-file.ts';
import { synthesize } from '../../../lib/synthesis/synthesis.ts';

const walk = (file: string) => ({
  file,
  text: readFileSync(join(__dirname, '../walks/compose', file), 'utf8'),
});
const naming = { name: 'home', schema: undefined };

describe('the compose file of Immich with its .env', () => {
  const adoption = adoptedFromCompose(walk('docker-compose.yml'), walk('.env'), naming);
  if (typeof adoption === 'string') throw new Error(adoption);

  test('gives a file that synth accepts once its marks are filled in', () => {
    expect(adoption.problems).toEqual([]);
    expect(synthesize(new Map([['home.yaml', adoption.standIn]])).files).toBeDefined();
  });

  test('takes version, time zone and settings from where they stand', () => {
    expect(adoption.text).toContain('version: v3.2.1 # from .env:5\n');
    expect(adoption.text).toContain('timezone: Europe/Vienna # from .env:4\n');
    expect(adoption.text).toContain('IMMICH_LOG_LEVEL: warn # from .env:9\n');
  });

  test('says where the photos and the database are, and never a password', () => {
    expect(adoption.text).toMatch(/The photos are in \/srv\/immich on the machine of compose\./);
    expect(adoption.text).toMatch(
      /The folder \/srv\/archive at \/mnt\/archive, read-only, was not carried over/,
    );
    expect(adoption.text).toMatch(/pgvecto\.rs, which Immich v3 no longer knows/);
    expect(adoption.text).not.toContain('madeUpForThisTest');
  });
});

test.each([
  ['a moving tag', 'release', 'the version that runs now'],
  ['a version', 'v3.1.0', undefined],
])('%s', (_, tag, mark) => {
  const text = `services:\n  immich-server:\n    image: ghcr.io/immich-app/immich-server:\${IMMICH_VERSION:-${tag}}\n`;
  const adoption = adoptedFromCompose({ file: 'compose.yaml', text }, undefined, naming);
  const found = typeof adoption === 'string' ? adoption : adoption.text;
  expect(found).toMatch(
    mark === undefined ? /^version: v3\.1\.0 #/m : new RegExp(`^version: "<fill in: ${mark}`, 'm'),
  );
});

test('what is no compose file of Immich is told', () => {
  expect(composeFile({ file: 'compose.yaml', text: 'name: x\n' }, undefined)).toMatch(/has no services/);
  expect(composeFile({ file: 'compose.yaml', text: 'services: [\n' }, undefined)).toMatch(/cannot be read/);
  const text = 'services:\n  web:\n    image: nginx:1\n';
  expect(adoptedFromCompose({ file: 'compose.yaml', text }, undefined, naming)).toMatch(
    /has the image immich-server/,
  );
});
