import { type DistState, foldersOf, planDist, withMarker } from '../../lib/dist/plan.ts';

const own = (text: string) => withMarker('x.yaml', 'installations/home.yaml', text);

function wanted(...paths: string[]): Map<string, string> {
  return new Map(paths.map((path) => [path, own(path)]));
}

function present(state: Partial<Record<keyof DistState, string[]>> = {}): DistState {
  return {
    files: wanted(...(state.files ?? [])),
    folders: state.folders ?? (state.files ?? []).flatMap(foldersOf),
    others: state.others ?? [],
  };
}

describe('the mark', () => {
  test('is a comment on the first line that names the file to edit', () => {
    expect(withMarker('a/b.yaml', 'installations/home.yaml', 'kind: Pod\n')).toBe(
      '# Made by immich-cdk8s from installations/home.yaml. Edit that file, not this one.\nkind: Pod\n',
    );
    expect(withMarker('RUNBOOK.md', 'installations/home.yaml', '# Run book\n')).toBe(
      '<!-- Made by immich-cdk8s from installations/home.yaml. Edit that file, not this one. -->\n# Run book\n',
    );
  });

  test('needs a kind of file that has comments', () => {
    expect(() => withMarker('a.json', 'installations/home.yaml', '{}')).toThrow(
      'a.json: synth can only mark files as its own that end in .yaml or .md.',
    );
  });
});

describe('a plan', () => {
  test('for an empty folder writes everything', () => {
    const plan = planDist(wanted('a.yaml', 'b/c.yaml'), present());
    expect([...plan.write.keys()]).toEqual(['a.yaml', 'b/c.yaml']);
    expect({ ...plan, write: 0 }).toEqual({
      write: 0,
      changed: [],
      remove: [],
      unchanged: [],
      emptied: [],
      foreign: [],
    });
  });

  test('touches only what differs', () => {
    const files = new Map([
      ...wanted('same.yaml', 'gone/b/c.yaml', 'gone.yaml'),
      ['other.yaml', own('older')],
    ]);
    const plan = planDist(wanted('same.yaml', 'other.yaml', 'new.yaml'), {
      files,
      folders: ['gone', 'gone/b', 'was-empty'],
      others: [],
    });
    expect(plan).toEqual({
      write: wanted('other.yaml', 'new.yaml'),
      changed: ['other.yaml'],
      remove: ['gone/b/c.yaml', 'gone.yaml'],
      unchanged: ['same.yaml'],
      emptied: ['was-empty', 'gone/b', 'gone'],
      foreign: [],
    });
  });

  test('keeps the folders of what stays', () => {
    const plan = planDist(wanted('a/b/c.yaml'), present({ files: ['a/b/c.yaml', 'a/d/e.yaml'] }));
    expect(plan.emptied).toEqual(['a/d']);
  });

  test('names what synth did not write, wanted or not, and keeps its folder', () => {
    const files = new Map([
      ['notes/own.yaml', 'kind: Secret\n'],
      ['a.yaml', 'kind: Pod\n'],
      ['late.yaml', `\n${own('x')}`],
    ]);
    const plan = planDist(wanted('a.yaml'), { files, folders: ['notes'], others: ['link.yaml'] });
    expect(plan.foreign.map(({ path }) => path).sort()).toEqual([
      'a.yaml',
      'late.yaml',
      'link.yaml',
      'notes/own.yaml',
    ]);
    expect(plan.remove).toEqual([]);
    expect(plan.emptied).toEqual([]);
  });

  test('leaves a foreign file in peace that is as wanted', () => {
    const plan = planDist(wanted('a.yaml'), present({ files: ['a.yaml'] }));
    expect(plan.foreign).toEqual([]);
  });
});

describe('wanted files that no folder can hold', () => {
  test.each([
    [['../a.yaml'], '"../a.yaml" is not a path inside'],
    [['/a.yaml'], '"/a.yaml" is not a path inside'],
    [['a//b.yaml'], '"a//b.yaml" is not a path inside'],
    [['./a.yaml'], '"./a.yaml" is not a path inside'],
    [['a\\b.yaml'], '"a\\\\b.yaml" is not a path inside'],
    [['a\nb.yaml'], '"a\\nb.yaml" is not a path inside'],
    [[''], '"" is not a path inside'],
    [['home/a.yaml', 'home/A.yaml'], 'home/a.yaml and home/A.yaml differ only in case'],
    [['Home/a.yaml', 'home/b.yaml'], 'Home and home differ only in case'],
    [['a.yaml/b.yaml', 'a.yaml'], 'a.yaml cannot be a file: a.yaml/b.yaml needs a folder of that name.'],
  ])('%j', (paths, message) => {
    expect(() => planDist(wanted(...paths), present())).toThrow(message);
  });

  test('a text without mark', () => {
    expect(() => planDist(new Map([['a.yaml', 'kind: Pod\n']]), present())).toThrow(
      'a.yaml: the text does not say',
    );
  });

  test('names that only look alike are fine', () => {
    expect(
      planDist(wanted('home/a.yaml', 'home/a.b.yaml', 'home-a.yaml', 'a..b/c.yaml'), present()).write.size,
    ).toBe(4);
  });
});
