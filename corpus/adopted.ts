import { basename } from 'node:path';
import { nodeFiles } from '../cli/node-files.ts';
import { adoptRepository } from '../lib/adoption/adoption.ts';
import { readRepository } from '../lib/repository/repository.ts';

/** What came of adopting the Immich of one repository. */
export interface AdoptedRepository {
  readonly name: string;
  /** The version that its file says; undefined where nobody can tell it. */
  readonly version: string | undefined;
  /** How many values a person has to fill in. */
  readonly marks: number;
  /** What synth refuses even when they are filled in, or what was thrown. */
  readonly refused: readonly string[];
}

/** Adopts the Immich of a repository; undefined where it has none. What is thrown is told, so that the others follow. */
export function adoptionIn(folder: string): AdoptedRepository | undefined {
  const name = basename(folder);
  try {
    const found = adoptRepository(readRepository(nodeFiles(folder)), { name: 'home', schema: undefined });
    if (found === undefined) return undefined;
    const version = found.pieces.find(({ kind, path }) => kind === 'taken' && path[0] === 'version');
    return {
      name,
      version: version?.kind === 'taken' ? String(version.value) : undefined,
      marks: found.pieces.filter(({ kind }) => kind === 'unknown').length,
      refused: found.problems.map(({ key, message }) => `${key}: ${message}`),
    };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { name, version: undefined, marks: 0, refused: [`THROWN: ${thrown}`] };
  }
}

/** How many repositories give a file that synth accepts, and what stands in the way of the others. */
export function adoptionText(all: readonly AdoptedRepository[]): string {
  const recent = all.filter(({ version }) => /^v[23]\./.test(version ?? ''));
  const accepted = (some: readonly AdoptedRepository[]) =>
    some.filter(({ refused }) => refused.length === 0).length;
  return [
    `${accepted(all)} of ${all.length} repositories with Immich give a file that synth accepts once its marks are filled in;`,
    `of those that are known to be on v2 or v3, ${accepted(recent)} of ${recent.length}.`,
    '',
    ...all.flatMap(({ name, version, marks, refused }) => [
      `${name}: ${version ?? 'version not known'}, ${marks} to fill in${refused.length === 0 ? '' : ', REFUSED'}`,
      ...refused.map((line) => `  ${line}`),
    ]),
    '',
  ].join('\n');
}
