import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { distOf } from '../changes/judged.ts';
import { corpus } from './corpus.ts';

/** What the last release made of an installation file. */
export interface Released {
  readonly file: string;
  readonly text: string;
  /** Path inside dist to text. */
  readonly dist: ReadonlyMap<string, string>;
}

const place = join(__dirname, 'last-release.txt');

/** Keeps the dist of today as that of the release: files as JSON, compressed, in lines of text. */
export function save(): void {
  const released = [...corpus].map(([file, text]) => ({
    file,
    text,
    dist: [...distOf(text, file)].filter(([path]) => path.endsWith('.yaml')),
  }));
  const packed = brotliCompressSync(JSON.stringify(released)).toString('base64');
  writeFileSync(place, `${packed.replace(/.{120}/g, '$&\n').trimEnd()}\n`);
}

/** The dist that was kept at the last release. */
export function lastRelease(): Released[] {
  const packed = Buffer.from(readFileSync(place, 'utf8'), 'base64');
  const released: { file: string; text: string; dist: [string, string][] }[] = JSON.parse(
    brotliDecompressSync(packed).toString('utf8'),
  );
  return released.map(({ file, text, dist }) => ({ file, text, dist: new Map(dist) }));
}
