import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputProblems } from '../../../cli/synth/output-place.ts';
import { problemText } from '../../../lib/installation/parse.ts';
import { synthesize } from '../../../lib/synthesis/synthesis.ts';
import { home } from '../../installation/example.ts';

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'output-'));
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

function warnings(target: string, flux = ''): string[] {
  const synthesis = synthesize(new Map([['home.yaml', `${home}${flux}`]]));
  return outputProblems(synthesis, join(repository, target)).map(problemText);
}

describe('in a git repository', () => {
  beforeEach(() => mkdirSync(join(repository, '.git')));

  test.each([
    ['dist', ''],
    ['dist', 'flux: { path: dist }\n'],
    ['clusters/home/dist', 'flux: { path: ./clusters/home/dist }\n'],
    ['elsewhere', 'flux: { source: { kind: OCIRepository } }\n'],
  ])('nothing is said of %s, %s', (target, flux) => {
    expect(warnings(target, flux)).toEqual([]);
  });

  test('another folder than the one that Flux applies is told where flux.path stands', () => {
    expect(warnings('clusters/dist', 'flux: { path: ./dist }\n')).toEqual([
      'home.yaml:16:15: warning: flux.path: "./dist" is the folder that Flux applies, but synth writes to "./clusters/dist" of this repository. Write flux: { path: ./clusters/dist }, or call synth with another --output.',
    ]);
  });

  test('without the key, it is told of the file', () => {
    expect(warnings('clusters/dist')).toEqual([
      expect.stringMatching(
        /^home\.yaml:\d+:\d+: warning: flux\.path: "\.\/dist" is the folder that Flux applies/,
      ),
    ]);
  });

  test('the root itself cannot be written to flux.path', () => {
    expect(warnings('.')).toEqual([expect.stringMatching(/Call synth with --output dist\.$/)]);
  });
});

test('in a work tree of git, whose .git is a file, too', () => {
  writeFileSync(join(repository, '.git'), 'gitdir: elsewhere\n');
  expect(warnings('other')).toHaveLength(1);
});

test('outside of a repository nothing is known', () => {
  expect(warnings('other')).toEqual([]);
});
