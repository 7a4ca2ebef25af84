/**
 * Runs a bundle: `node start.cjs BUNDLE [ARGUMENT...]`.
 *
 * V8 compiles a text of a megabyte for a quarter of the time that synth takes. What it made of it is kept beside the
 * bundle and used as long as bundle and Node stay the same. From Node 22 on, `module.enableCompileCache` would do.
 */
const { isAscii } = require('node:buffer');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');

const [node, , bundle, ...given] = process.argv;
const file = resolve(bundle);
const content = readFileSync(file);
// What esbuild writes is ASCII, which needs no decoding.
const text = content.toString(isAscii(content) ? 'latin1' : 'utf8');
const kept = readKept(`${file}.v8`);
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
  filename: file,
  cachedData: kept,
});
process.argv = [node, file, ...given];
const bundled = { exports: {} };
// At the end, so that the functions that were needed are in it too.
process.once('exit', () => {
  if (kept === undefined || script.cachedDataRejected) keep(`${file}.v8`);
});
script.runInThisContext()(bundled.exports, createRequire(file), bundled, file, dirname(file));

/** The bundle stands behind what is kept of it: V8 itself compares no more than its length, and a digest takes longer. */
function readKept(path) {
  try {
    const both = readFileSync(path);
    const length = both.length - content.length;
    return length > 0 && both.subarray(length).equals(content) ? both.subarray(0, length) : undefined;
  } catch {
    return undefined;
  }
}

function keep(path) {
  try {
    const part = `${path}.${process.pid}`;
    writeFileSync(part, Buffer.concat([script.createCachedData(), content]));
    renameSync(part, path);
  } catch {
    // A folder that cannot be written to costs time, not the run.
  }
}
