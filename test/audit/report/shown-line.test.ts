import { shownLine } from '../../../lib/audit/report/shown-line.ts';

test.each([
  ['  password: hunter2', '  password: …'],
  [
    'env: [{ name: LOG, value: all }, { name: DB_PASSWORD, value: my hunter2 }]',
    'env: [{ name: LOG, value: all }, { name: DB_PASSWORD, value: …',
  ],
  ['  DB_PASSWORD: "hunter2" # for now', '  DB_PASSWORD: "…'],
  ['  url: postgres://immich:hunter2@db/immich', '  url: …'],
  ['  - DB_PASSWORD=hunter2', '  - DB_PASSWORD=…'],
])('%s is shown up to the secret', (line, shown) => {
  expect(shownLine(line)).toBe(shown);
});

test.each([
  '  image: ghcr.io/immich-app/immich-server:v3.3.1',
  '  - { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: immich-db, key: password } } }',
  '  ALLOW_EMPTY_PASSWORD: "yes"',
  '  passwordFile: /run/secrets/db',
])('%s is shown', (line) => {
  expect(shownLine(line)).toBe(line);
});
