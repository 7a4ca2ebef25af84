import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/**
 * Whether a bundle is what its sources would give again, by the record that `keepingRecord` wrote beside it: none of
 * the files that it was made of has another size, another time or another place on the disk than then.
 *
 * The time is that of the last change of any kind (ctime), which no program can set, so that a file that was put back
 * with its old date counts as changed.
 */
export function isUpToDate(repository, outfile) {
  try {
    const { bundle, inputs } = JSON.parse(readFileSync(recordOf(outfile), 'utf8'));
    return (
      bundle === identity(outfile) &&
      Object.entries(inputs).every(([path, state]) => stateOf(join(repository, path)) === state)
    );
  } catch {
    return false;
  }
}

/**
 * Lets a bundle be made, and records what it was made of.
 *
 * @param others What it is made of besides the files that esbuild names.
 * @param make Makes the bundle and esbuild's metafile at the two paths that it is given.
 */
export async function keepingRecord(repository, outfile, others, make) {
  mkdirSync(dirname(outfile), { recursive: true });
  const part = `${outfile}.${process.pid}.part`;
  const metafile = `${part}.json`;
  try {
    writeFileSync(part, '');
    // By the clock of the file system, which is not always that of this machine.
    const start = statSync(part).mtimeMs;
    await make(part, metafile);
    const inputs = [...new Set([...inputsOf(metafile), ...others])];
    const states = inputs.map((path) => [path, stateOf(join(repository, path))]);
    const isSettled = inputs.every((path) => !(changeOf(join(repository, path)) >= start));
    const bundle = identity(part);
    renameSync(part, outfile);
    // A file that changed while the bundle was made, or just before, may have been read in another state than it is
    // in now. Without a record the next run makes the bundle again.
    if (!isSettled) return rmSync(recordOf(outfile), { force: true });
    writeFileSync(metafile, JSON.stringify({ bundle, inputs: Object.fromEntries(states) }));
    renameSync(metafile, recordOf(outfile));
  } finally {
    rmSync(part, { force: true });
    rmSync(metafile, { force: true });
  }
}

function recordOf(outfile) {
  return `${outfile}.json`;
}

/** The files in a bundle, and those that say what a name in them means. */
function inputsOf(metafile) {
  const files = Object.keys(JSON.parse(readFileSync(metafile, 'utf8')).inputs);
  const packages = files.flatMap((file) => {
    const folder = /^(?:.*node_modules\/(?:@[^/]+\/)?[^/]+|imports\/[^/]+)(?=\/)/.exec(file)?.[0];
    return folder === undefined ? [] : [posix.join(folder, 'package.json')];
  });
  return [...files, ...packages, 'package.json', 'tsconfig.json', 'node_modules/.package-lock.json'];
}

/** One text for what the file system says of a file; that there is none is a state too. */
function stateOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}

function changeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs;
}

/** Which file a bundle is, also under another name: a rename sets its ctime. */
function identity(path) {
  const { ino, size, mtimeMs } = statSync(path);
  return `${ino} ${size} ${mtimeMs}`;
}
