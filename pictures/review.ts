import { filesOf } from '../lib/files/texts.ts';
import { markdownReport } from '../lib/review/report/markdown.ts';
import { reviewOf } from '../lib/review/review.ts';
import { synthesize } from '../lib/synthesis/synthesis.ts';
import { markdownRows } from './markdown.ts';
import { frame, prose, svgOf } from './svg.ts';
import type { Theme } from './theme.ts';

const width = 860;

/** The comment under a pull request that brings a new version of Immich, and a smaller library by mistake. */
export function reviewPicture(theme: Theme, installation: string): string {
  const rows = markdownRows(commentOn(installation), width - 48);
  const height = 56 + rows.reduce((sum, row) => sum + row.height, 0);
  let y = 36;
  const lines = rows.map(({ line, indent, size, height }) => {
    y += height;
    return prose(theme, line, 24 + indent, y, size);
  });
  return svgOf('The comment of the review under a pull request', width, height, [
    frame(theme, 'the comment under the pull request', { x: 0, y: 0, width, height }),
    ...lines,
  ]);
}

function commentOn(installation: string): string {
  const before = repositoryOf(installation.replace(/^version: .*$/m, 'version: v3.2.4'));
  const after = repositoryOf(installation.replace('size: 500Gi', 'size: 400Gi'));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return markdownReport(
    reviewOf({
      before: filesOf('before', before),
      after: filesOf('after', after),
      changed: paths.filter((path) => before.get(path) !== after.get(path)),
    }),
  );
}

function repositoryOf(installation: string): ReadonlyMap<string, string> {
  const file = 'installations/home.yaml';
  const { files, problems } = synthesize(new Map([[file, installation]]));
  if (files === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return new Map([
    [file, installation],
    ...[...files].map(([path, text]) => [`dist/${path}`, text] as const),
  ]);
}
