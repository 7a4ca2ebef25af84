import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { adopted } from '../../lib/adoption/adoption.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';

/** The installation file for the Immich in one of the folders of `walks`. */
function walked(kind: string) {
  const adoption = adopted(readRepository(nodeFiles(join(__dirname, 'walks', kind))), naming);
  if (adoption === undefined) throw new Error(`No Immich in ${kind}`);
  return adoption;
}

const naming = { name: 'home', schema: undefined };

/** The same for manifests in a text. */
function adoptedText(text: string) {
  return adopted(readRepository(filesOf('.', new Map([['immich.yaml', text]]))), naming);
}

describe('plain manifests', () => {
  const { text, standIn, problems } = walked('plain');

  test('synth accepts the file once its marks are filled in, and names them until then', () => {
    expect(problems).toEqual([]);
    expect(synthesize(new Map([['home.yaml', standIn]])).files).toBeDefined();
    const marks = parseInstallation('home.yaml', text).problems.filter(
      ({ severity }) => severity === 'error',
    );
    expect(marks.map(({ key }) => key)).toEqual(['volumes.library.reason']);
  });

  test('what holds data keeps its name, with the place where it was read', () => {
    expect(text).toContain('    claim: photos # from apps/photos/data.yaml:8\n');
    expect(text).toContain('    name: photos-db # from apps/photos/database.yaml:4\n');
    expect(text).toContain('    lineage: v2 # from apps/photos/database.yaml:23\n');
    expect(text).toContain('        folder: photos # from apps/photos/database.yaml:31\n');
    expect(text).toContain('  source:\n    name: home # from flux/photos.yaml:8\n');
  });

  test('what has no key stands as a comment with its place and the reason', () => {
    expect(text).toMatch(/# apps\/photos\/immich\.yaml:34: What is mounted at \/mnt\/family, read-only,/);
  });
});

test('a secret in a manifest comes into no file', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - { name: DB_PASSWORD, value: hunter2hunter2 }
            - { name: SMTP_PASSWORD, value: correcthorse }
            - { name: IMMICH_LOG_LEVEL, value: debug }
`;
  const adoption = adoptedText(text);
  expect(adoption?.text).not.toMatch(/hunter2|correcthorse/);
  expect(adoption?.text).toContain('IMMICH_LOG_LEVEL: debug # from immich.yaml:12');
  expect(adoption?.text).toMatch(/SMTP_PASSWORD was not carried over/);
});

test('where there is no server there is no file', () => {
  expect(adoptedText('apiVersion: v1\nkind: Namespace\nmetadata: { name: immich }\n')).toBeUndefined();
});
