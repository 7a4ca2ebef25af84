import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import table from './lib/immich/releases.json' with { type: 'json' };
import type { ReleaseRow } from './lib/immich/releases.ts';
import { compareTags, rowOf, type Sources, tableWith, unknownIn } from './releases/row.ts';

const usage = `Usage: node build.mjs run releases <clone of immich>

Derives a row of lib/immich/releases.json for every release that is not in it, or only by hand, from the tags of a git
clone of https://github.com/immich-app/immich (--bare --filter=blob:none is enough), and writes the table. What it says
on standard output is the text of a pull request.
`;

/** Rows that were written by hand before their tag was read. */
const byHand = (row: ReleaseRow) => row.source !== undefined;

function main([clone]: readonly string[]): number {
  if (clone === undefined || clone.startsWith('-')) {
    process.stderr.write(usage);
    return 2;
  }
  const rows: readonly ReleaseRow[] = table;
  const known = new Set(rows.filter((row) => !byHand(row)).map(({ version }) => version));
  const oldest = rows[0]?.version ?? 'v0.0.0';
  const tags = git(clone, 'tag', '--list', 'v*')
    .split('\n')
    .filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag) && compareTags(tag, oldest) >= 0)
    .sort(compareTags);
  const derived = tags.flatMap((tag, at) => {
    const before = tags[at - 1];
    if (known.has(tag) || before === undefined) return [];
    const date = git(clone, 'log', '-1', '--format=%cs', tag).trim();
    return [rowOf(tag, date, sourcesAt(clone, tag), sourcesAt(clone, before))];
  });
  if (derived.length > 0) writeFileSync('lib/immich/releases.json', tableWith(rows, derived));
  process.stdout.write(`${summaryOf(derived)}\n`);
  return 0;
}

/** What a person has to know to review it. */
function summaryOf(derived: readonly ReleaseRow[]): string {
  if (derived.length === 0) return 'Every release is recorded.';
  return [
    'Read from the tags of Immich: the ranges of its constants, its migrations, variables and settings.',
    '',
    ...derived.map((row) => {
      const unknown = unknownIn(row);
      const gap = unknown.length === 0 ? '' : ` Not found, and so not known: ${unknown.join(', ')}.`;
      return `- ${row.version}: ${row.migrations?.length ?? 'unknown'} migrations.${gap}`;
    }),
    '',
    'What is left for a person: read the release notes, and describe new variables and settings in lib/immich, which the tests name. Workflows do not run on this branch by themselves: close and reopen the pull request.',
  ].join('\n');
}

function sourcesAt(clone: string, tag: string): Sources {
  const migrations = git(clone, 'ls-tree', '--name-only', `${tag}:server/src/schema/migrations`).split('\n');
  return {
    constants: fileAt(clone, tag, 'server/src/constants.ts'),
    migrations: migrations.length > 1 ? migrations : undefined,
    environment: fileAt(clone, tag, 'server/src/dtos/env.dto.ts'),
    config: fileAt(clone, tag, 'server/src/config.ts'),
    enums: fileAt(clone, tag, 'server/src/enum.ts'),
  };
}

function fileAt(clone: string, tag: string, path: string): string | undefined {
  const text = git(clone, 'show', `${tag}:${path}`);
  return text === '' ? undefined : text;
}

/** What git prints; nothing where it fails, as for a file that is not there. */
function git(clone: string, ...args: readonly string[]): string {
  const { stdout, status } = spawnSync('git', ['-C', clone, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? stdout : '';
}

process.exitCode = main(process.argv.slice(2));
