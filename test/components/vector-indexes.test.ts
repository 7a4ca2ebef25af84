import { parse } from 'yaml';
import { distOf } from '../changes/judged.ts';
import { type Edit, edited, home, tachtit } from '../installation/example.ts';

/** The Job for an installation file after some edits. */
function jobOf(text: string, ...edits: readonly Edit[]) {
  const [[, written] = [], ...others] = [...distOf(edited(text, ...edits))].filter(([path]) =>
    /\/indexes\/job\./.test(path),
  );
  expect(others).toEqual([]);
  return parse(written ?? '');
}

const image = 'cloudnative-vectorchord:17.10-1.1.1';
const nameOf = (...edits: readonly Edit[]): string => jobOf(home, ...edits).metadata.name;

test('its name tells the VectorChord', () => {
  expect(nameOf()).toMatch(/^immich-vectorchord-1-1-1-[0-9a-f]{8}$/);
  expect(jobOf(tachtit).metadata.name).toMatch(/^immich-vectorchord-0-4-3-[0-9a-f]{8}$/);
});

test.each<[string, Edit]>([
  ['another VectorChord', [image, 'cloudnative-vectorchord:17.10-1.2.0']],
  // Its pod template is another one, which a Job that exists would refuse.
  ['another PostgreSQL', [image, 'cloudnative-vectorchord:17.11-1.1.1']],
  ['a restore', ['  cnpg:\n', '  cnpg:\n    lineage: v1\n    restoreFrom: { lineage: original }\n']],
])('%s is a new Job', (_, edit) => {
  expect(nameOf(edit)).not.toBe(nameOf());
});

test.each<[string, Edit]>([
  ['another Immich', ['version: v3.3.1', 'version: v3.3.0']],
  ['a larger volume', ['size: 20Gi }\n    backup', 'size: 30Gi }\n    backup']],
])('%s is none', (_, edit) => {
  expect(nameOf(edit)).toBe(nameOf());
});

test('restoreFrom that is taken out again is no new restore', () => {
  const restored: Edit = ['  cnpg:\n', '  cnpg:\n    lineage: v1\n    restoreFrom: { lineage: original }\n'];
  expect(nameOf(['  cnpg:\n', '  cnpg:\n    lineage: v1\n'])).toBe(nameOf(restored));
});

test('it asks as the owner of the database, by the login that Immich has', () => {
  const variables = (text: string) => jobOf(text).spec.template.spec.containers[0].env;
  const login = (secret: string) => ({
    name: 'PGPASSWORD',
    valueFrom: { secretKeyRef: { name: secret, key: 'password' } },
  });
  expect(variables(home)).toContainEqual(login('immich-db-app'));
  expect(variables(home)).toContainEqual({ name: 'PGHOST', value: 'immich-db-rw' });
  expect(variables(tachtit)).toContainEqual(login('immich-db'));
});

test('a Job that is done stays, so that Flux does not make it again and again', () => {
  expect(jobOf(home).spec).not.toHaveProperty('ttlSecondsAfterFinished');
});
