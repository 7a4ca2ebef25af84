import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import type { Files } from '../../lib/files/files.ts';
import { filesOf } from '../../lib/files/texts.ts';

const texts = new Map([
  ['a.yaml', 'ü\n'],
  ['b/c/d.yaml', 'd'],
  ['b/e.yaml', 'e'],
]);

/** Everything that can be asked of a folder, folder by folder. */
function contentsOf(files: Files, folder = ''): unknown[] {
  return [...files.list(folder)]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ name, kind }) => {
      const path = folder + name;
      const own = [path, kind, files.look(path)?.kind];
      return kind === 'folder'
        ? [own, ...contentsOf(files, `${path}/`)]
        : [[...own, files.look(path)?.size, files.read(path), files.staysInside(path)]];
    });
}

test('a folder of texts is what the same folder on disk is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  expect(contentsOf(filesOf('texts', texts))).toEqual(contentsOf(nodeFiles(folder)));
  expect(contentsOf(nodeFiles(folder))).toHaveLength(5);
  for (const files of [filesOf('texts', texts), nodeFiles(folder)]) {
    expect(files.look('b/none')).toBeUndefined();
    expect(() => files.read('b/none')).toThrow('b/none');
    expect(() => files.list('none')).toThrow('none');
  }
  rmSync(folder, { recursive: true });
});

test('a folder without texts is empty', () => {
  expect(filesOf('texts', new Map()).list('')).toEqual([]);
});
