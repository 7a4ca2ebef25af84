import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import packageFile from '../../package.json' with { type: 'json' };

test('the hook of pre-commit calls a command that the package has, on a folder', () => {
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));
  expect(hooks).toEqual([
    expect.objectContaining({ id: 'immich-audit', language: 'node', pass_filenames: false, args: ['.'] }),
  ]);
  const [program, command] = hooks[0].entry.split(' ');
  expect(Object.keys(packageFile.bin)).toContain(program);
  expect(command).toBe('audit');
});
