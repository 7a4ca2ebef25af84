import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type KnownFindings, knownFrom, readBaseline } from '../../lib/audit/baseline.ts';
import { repositoryFindings } from '../../lib/audit/repository-findings.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { treesOf } from '../trees.ts';
import { unreadableText } from '../unreadable.ts';
import type { Subject } from './subject.ts';

/** What a baseline knows, or a sentence that says why it cannot be read. */
export function knownByBaseline(file: string): KnownFindings | string {
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  try {
    const known = readBaseline(readFileSync(path, 'utf8'));
    return typeof known === 'string'
      ? `The baseline ${file} ${known} Write it with --write-baseline.`
      : known;
  } catch (error) {
    return `${unreadableText(file, error)} Write it with --write-baseline.`;
  }
}

/** What was there at the commit where HEAD and a reference parted, or a sentence that says why it cannot be known. */
export function knownAt(reference: string, { folder, only }: Subject): KnownFindings | string {
  const trees = treesOf(folder, reference);
  if (typeof trees === 'string') return trees;
  return knownFrom(repositoryFindings(readRepository(trees.before, only), only === undefined));
}
