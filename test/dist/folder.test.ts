import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { nodeFiles } from '../../cli/node-files.ts';
import { applyPlan } from '../../lib/dist/folder.ts';
import { foldersOf, planDist, withMarker } from '../../lib/dist/plan.ts';
import { claim, stage, swap } from '../../lib/dist/staging.ts';
import { readDist } from './read-dist.ts';

const own = (text: string) => withMarker('x.yaml', 'installations/home.yaml', text);

type Tree = { readonly [path: string]: string };

let folder: string;

beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dist-')), 'dist');
});

afterEach(() => {
  fs.rmSync(path.dirname(folder), { recursive: true });
});

function put(tree: Tree): void {
  for (const [name, text] of Object.entries(tree)) {
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function planFor(tree: Tree) {
  return planDist(new Map(Object.entries(tree)), readDist(nodeFiles(folder)));
}

function synth(tree: Tree): void {
  applyPlan(nodeFiles(folder), planFor(tree));
}

/** Every path with its text and time of change, so that a file written again is seen even with the same text. */
function snapshot(): { [path: string]: string } {
  if (!fs.existsSync(folder)) return {};
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const file = path.join(folder, name);
      const stat = fs.lstatSync(file, { bigint: true });
      return [name, stat.isFile() ? `${stat.mtimeNs} ${fs.readFileSync(file, 'utf8')}` : 'folder'];
    }),
  );
}

function filesNow(): Tree {
  return Object.fromEntries([...readDist(nodeFiles(folder)).files].sort());
}

describe('writing', () => {
  test('makes the folder, and what it reads afterwards is what was wanted', () => {
    const tree = { 'a.yaml': own('a'), 'b/c/d.yaml': own('ü\n') };
    synth(tree);
    expect(filesNow()).toEqual(tree);
    expect(fs.readdirSync(folder).sort()).toEqual(['a.yaml', 'b']);
  });

  test('the same again writes nothing', () => {
    const tree = { 'a.yaml': own('a'), 'b/c/d.yaml': own('d') };
    synth(tree);
    const before = snapshot();
    synth(tree);
    expect(snapshot()).toEqual(before);
  });

  test('leaves the files alone that stay as they are', () => {
    synth({ 'same.yaml': own('same'), 'other.yaml': own('old'), 'gone/gone.yaml': own('gone') });
    const before = snapshot();
    synth({ 'same.yaml': own('same'), 'other.yaml': own('new'), 'new/new.yaml': own('new') });
    expect(snapshot()['same.yaml']).toBe(before['same.yaml']);
    expect(Object.keys(snapshot())).toEqual(['new', 'new/new.yaml', 'other.yaml', 'same.yaml']);
    expect(filesNow()['other.yaml']).toBe(own('new'));
  });

  test('a file may become a folder, and a folder a file', () => {
    synth({ 'a.yaml': own('a'), 'b.yaml/c/d.yaml': own('d') });
    synth({ 'a.yaml/b.yaml': own('b'), 'b.yaml': own('b') });
    expect(filesNow()).toEqual({ 'a.yaml/b.yaml': own('b'), 'b.yaml': own('b') });
  });

  test('a name may change its case', () => {
    synth({ 'a.yaml': own('a') });
    synth({ 'A.yaml': own('a') });
    expect(fs.readdirSync(folder)).toEqual(['A.yaml']);
  });

  test('what desktops leave behind is neither an error nor removed', () => {
    put({ '.DS_Store': '\u0000', 'gone/Thumbs.db': 'x', 'gone/a.yaml': own('a') });
    synth({ 'b.yaml': own('b') });
    expect(Object.keys(snapshot())).toEqual(['.DS_Store', 'b.yaml', 'gone', 'gone/Thumbs.db']);
  });
});

describe('what synth did not write', () => {
  test('is an error that names it, and nothing is changed', () => {
    put({ 'a.yaml': own('a'), 'home/mine.yaml': 'kind: Secret\n' });
    const before = snapshot();
    expect(() => synth({ 'a.yaml': own('b') })).toThrow(
      `${folder}/home/mine.yaml was not written by synth: it does not begin with a comment that says "Made by immich-cdk8s from". Move it elsewhere or delete it.`,
    );
    expect(snapshot()).toEqual(before);
  });

  test('is counted when there is much of it', () => {
    put(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.yaml`, 'kind: Pod\n'])));
    expect(() => synth({})).toThrow(/(.*was not written by synth.*\n){10}\.\.\. and 2 more\.$/);
  });

  test('symbolic links are not followed', () => {
    const elsewhere = path.join(path.dirname(folder), 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.writeFileSync(path.join(elsewhere, 'a.yaml'), own('a'));
    fs.mkdirSync(folder);
    fs.symlinkSync(elsewhere, path.join(folder, 'home'));
    fs.symlinkSync(path.join(elsewhere, 'a.yaml'), path.join(folder, 'b.yaml'));
    fs.symlinkSync(elsewhere, path.join(folder, '.synth'));
    const plan = planFor({ 'home/a.yaml': own('new'), 'b.yaml': own('new') });
    expect(plan.foreign.map((foreign) => foreign.path).sort()).toEqual(['.synth', 'b.yaml', 'home']);
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow(
      '/home was not written by synth: it is a symbolic link or',
    );
    expect(fs.readFileSync(path.join(elsewhere, 'a.yaml'), 'utf8')).toBe(own('a'));
  });

  test('neither is a folder that is a link, or a file', () => {
    fs.symlinkSync(os.tmpdir(), folder);
    expect(() => readDist(nodeFiles(folder))).toThrow(
      `${folder} is a symbolic link, which synth does not follow.`,
    );
    fs.unlinkSync(folder);
    fs.writeFileSync(folder, '');
    expect(() => readDist(nodeFiles(folder))).toThrow(`${folder} is not a folder.`);
  });
});

describe('all or nothing', () => {
  const before = { 'a/same.yaml': own('same'), 'a/other.yaml': own('old'), 'gone/b/gone.yaml': own('gone') };
  const after = {
    'a/same.yaml': own('same'),
    'a/other.yaml': own('new'),
    'new/a.yaml': own('new'),
    'z/z.yaml': own('new'),
  };

  /** In the way of the last file: found only after the others are in their places. */
  function block(name = 'z/z.yaml'): void {
    put({ [`${name}/blocked.txt`]: '' });
  }

  test('a file that cannot be written changes nothing', () => {
    synth(before);
    const then = snapshot();
    const plan = planFor({ ...after, [`${'long'.repeat(100)}.yaml`]: own('') });
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow(
      /dist stays as it was, because it could not be written as a whole: .*ENAMETOOLONG/,
    );
    expect(snapshot()).toEqual(then);
  });

  test('a file that cannot be put in its place puts all others back', () => {
    synth(before);
    const plan = planFor(after);
    block();
    const then = snapshot();
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow(`${folder} stays as it was`);
    expect(snapshot()).toEqual(then);
  });

  test('a run that was killed is undone by the next one', () => {
    synth(before);
    const plan = planFor(after);
    block();
    const then = snapshot();
    claim(nodeFiles(folder));
    stage(nodeFiles(folder), plan);
    expect(() => swap(nodeFiles(folder), plan)).toThrow();
    expect(fs.existsSync(path.join(folder, 'new/a.yaml'))).toBe(true);
    expect(fs.existsSync(path.join(folder, 'gone'))).toBe(false);
    readDist(nodeFiles(folder));
    expect(snapshot()).toEqual(then);
  });

  test('a run that was killed before it changed anything leaves nothing', () => {
    synth(before);
    const then = snapshot();
    const plan = planFor(after);
    claim(nodeFiles(folder));
    stage(nodeFiles(folder), plan);
    expect(fs.readFileSync(path.join(folder, '.synth', '.gitignore'), 'utf8')).toBe('*\n');
    readDist(nodeFiles(folder));
    expect(snapshot()).toEqual(then);
  });

  test('a run that was killed while it cleaned up stays done', () => {
    synth(after);
    const then = snapshot();
    put({ '.synth/done/a/other.yaml': own('old'), '.synth/created': 'new/a.yaml' });
    readDist(nodeFiles(folder));
    expect(snapshot()).toEqual(then);
  });

  test('what cannot be put back now is put back by the next run', () => {
    synth(before);
    const plan = planFor(after);
    block();
    const then = snapshot();
    const remove = jest.spyOn(fs, 'rmSync').mockImplementationOnce(() => {
      throw new Error('no');
    });
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow(
      /dist is half written: .* Nor could it be put back: no\./,
    );
    remove.mockRestore();
    readDist(nodeFiles(folder));
    expect(snapshot()).toEqual(then);
  });

  test('two runs at once: the second leaves the first alone', () => {
    synth(before);
    const plan = planFor(after);
    claim(nodeFiles(folder));
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow('EEXIST');
    expect(fs.existsSync(path.join(folder, '.synth'))).toBe(true);
  });

  test('a request to stop waits until the files are in their places', () => {
    synth(before);
    const plan = planFor(after);
    const listeners = () => process.listenerCount('SIGINT');
    const count = listeners();
    let during = 0;
    const rename = jest.spyOn(fs, 'renameSync').mockImplementationOnce(() => {
      during = listeners();
      throw new Error('stop');
    });
    expect(() => applyPlan(nodeFiles(folder), plan)).toThrow('stop');
    rename.mockRestore();
    expect([during, listeners()]).toEqual([count + 1, count]);
  });

  test('holds for any two trees and any place of failure', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const file = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `${names.join('/')}.yaml`);
    const tree = fc.dictionary(file, fc.constantFrom(own('1'), own('2')), { maxKeys: 8 });
    fc.assert(
      fc.property(tree, tree, file, (first, second, blocked) => {
        fs.rmSync(folder, { recursive: true, force: true });
        synth(first);
        const plan = planFor(second);
        if (!(blocked in first)) block(blocked);
        const then = snapshot();
        let failed = false;
        try {
          applyPlan(nodeFiles(folder), plan);
        } catch {
          failed = true;
        }
        expect(failed).toBe(blocked in second && !(blocked in first));
        if (failed) expect(snapshot()).toEqual(then);
        else {
          for (const [name, text] of Object.entries(second)) {
            expect(fs.readFileSync(path.join(folder, name), 'utf8')).toBe(text);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('folders that lead to a path', () => {
  expect(foldersOf('a/b/c.yaml')).toEqual(['a', 'a/b']);
});
