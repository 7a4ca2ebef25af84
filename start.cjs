/**
 * Runs a bundle: `node start.cjs BUNDLE [ARGUMENT...]`.
 *
 * V8 compiles a text of a megabyte for a quarter of the time that synth takes. What it made of it is kept beside the
 * bundle and used as long as bundle and Node stay the same. From Node 22 on, `module.enableCompileCache` would do.
 */
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');

const [node, , bundle, ...given] = process.argv;
const file = resolve(bundle);
const text = readFileSync(file, 'utf8');
// V8 itself compares no more than the length of the text.
const digest = createHash('sha256').update(text).digest();
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

function readKept(path) {
  try {
    const content = readFileSync(path);
    return content.subarray(0, digest.length).equals(digest) ? content.subarray(digest.length) : undefined;
  } catch {
    return undefined;
  }
}

function keep(path) {
  try {
    const part = `${path}.${process.pid}`;
    writeFileSync(part, Buffer.concat([digest, script.createCachedData()]));
    renameSync(part, path);
  } catch {
    // A folder that cannot be written to costs time, not the run.
  }
}
