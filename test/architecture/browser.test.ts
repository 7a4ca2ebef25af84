import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { bundle } from '../bundle.ts';
import { committedFiles } from '../dist/committed.ts';

const folder = mkdtempSync(join(tmpdir(), 'browser-'));

beforeAll(() => bundle('browser', join(folder, 'immich.js')));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program where there is the language, and of all else only what every browser has too. Returns JSON. */
function runInBrowser(program: string, given: object): string {
  const context = createContext({ TextDecoder, TextEncoder, URL, given });
  runInContext(readFileSync(join(folder, 'immich.js'), 'utf8'), context);
  return runInContext(`JSON.stringify(${program})`, context);
}

test('synth runs in a browser, with the same files', () => {
  const file = 'installations/home.yaml';
  const files: [string, string][] = JSON.parse(
    runInBrowser('[...immich.synthesize(new Map([[given.file, given.text]])).files]', {
      file,
      text: readFileSync(file, 'utf8'),
    }),
  );
  const committed = [...committedFiles].filter(([path]) => path.startsWith('home/'));
  expect(committed.length).toBeGreaterThan(10);
  expect(new Map(files)).toEqual(new Map(committed));
});

test('so does the audit', () => {
  const schedule = `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: immich-db
spec:
  schedule: "0 3 * * *"
  cluster:
    name: immich-db
`;
  const program = `immich.audit(
    immich.readRepository(immich.filesOf('mine', new Map([['backup.yaml', given.schedule]]))).inventory
  ).map(({ rule, file, line }) => rule + ' ' + file + ':' + line)`;
  expect(JSON.parse(runInBrowser(program, { schedule }))).toContain('backup-schedule backup.yaml:6');
});
