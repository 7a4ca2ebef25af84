import { type Synthesis, synthesize } from '../lib/synthesis/synthesis.ts';
import { fold } from '../lib/text/fold.ts';
import { cell, code, frame, type Line, svgOf } from './svg.ts';
import type { Theme } from './theme.ts';

/** An installation file, and what synth makes of it. */
export function inAndOutPicture(theme: Theme, installation: string): string {
  const source = installation.trimEnd().split('\n').flatMap(flowLines).map(yamlLine);
  const made = madeOf(synthesize(new Map([['installations/home.yaml', installation]])));
  const height = 58 + Math.max(source.length, made.length) * cell.height;
  const left = widthOf(columns.in);
  const right = widthOf(columns.out);
  const gap = 64;
  const middle = left + gap / 2;
  const width = left + gap + right;
  const column = (lines: readonly Line[], x: number) =>
    lines.map((line, index) => code(theme, line, x + 14, 54 + index * cell.height));
  return svgOf(
    'An installation file of one screen, and the manifests that synth makes of it',
    width,
    height,
    [
      frame(theme, 'installations/home.yaml', { x: 0, y: 0, width: left, height }),
      ...column(source, 0),
      code(theme, [{ text: 'synth', ink: 'quiet' }], middle - 2.5 * cell.width, height / 2 - 10),
      `<path d="M${middle - 21} ${height / 2}h44m-7 -6l8 6l-8 6" fill="none" stroke="${theme.inks.quiet}" stroke-width="2"/>`,
      frame(theme, 'dist/home/, which Flux applies from git', { x: left + gap, y: 0, width: right, height }),
      ...column(made, left + gap),
    ],
  );
}

const columns = { in: 72, out: 52 } as const;

/** A long line of the file, broken after commas alone. */
function flowLines(line: string): string[] {
  const glued = line.replace(/(?<=[^\s,]) /g, glue);
  return fold(glued, columns.in, 4).replaceAll(glue, ' ').split('\n');
}

const glue = '\u00a0';

function widthOf(count: number): number {
  return Math.ceil(count * cell.width) + 28;
}

/** The layers in the order in which Flux applies them, with the kinds of what is in them. */
function madeOf({ clusters }: Synthesis): Line[] {
  const kinds = new Map<string, Set<string>>();
  for (const { file, object } of clusters.flatMap(({ manifests }) => manifests)) {
    const [, , layer = ''] = file.split('/');
    if (object.kind !== 'Kustomization' || layer === 'flux') {
      kinds.set(layer, (kinds.get(layer) ?? new Set()).add(object.kind));
    }
  }
  const counts = clusters.flatMap(({ layers }) => [...layers]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...counts.flatMap(([layer, count]): Line[] => [
      [
        { text: `home/${layer}/`.padEnd(18), ink: 'key' },
        { text: String(count).padStart(3), ink: 'text' },
        { text: '  ', ink: 'text' },
        { text: shortened([...(kinds.get(layer) ?? [])], columns.out - 23), ink: 'quiet' },
      ],
    ]),
    [{ text: `${String(total).padStart(21)}  objects, one a file`, ink: 'text' }],
    [],
    [
      { text: 'README.md', ink: 'key' },
      { text: '    a picture of it, and its day', ink: 'quiet' },
    ],
    [
      { text: 'RUNBOOK.md', ink: 'key' },
      { text: '   what to do when something breaks', ink: 'quiet' },
    ],
  ];
}

/** As many words as there is room for, and at least one. */
function shortened(words: readonly string[], room: number): string {
  const fitting = words.filter(
    (_, index) => index === 0 || words.slice(0, index + 1).join(', ').length <= room - ' ...'.length,
  );
  return `${fitting.join(', ')}${fitting.length < words.length ? ' ...' : ''}`;
}

function yamlLine(line: string): Line {
  if (line.startsWith('#')) return [{ text: line, ink: 'quiet' }];
  return line
    .split(/([\w]+:(?= |$))/)
    .map((part, index) => ({ text: part, ink: index % 2 === 1 ? ('key' as const) : ('text' as const) }))
    .filter(({ text }) => text !== '');
}
