import { isMarked } from '../dist/plan.ts';
import type { Files } from '../files/files.ts';
import { inside, type OwnDist } from './own-dist.ts';
import { type TreeChange, textAt } from './tree-change.ts';

/** The picture of an installation in which something comes or goes. */
export interface PictureChange {
  readonly installation: string;
  /** The picture as it will be, in the language of Mermaid; what is new has a green frame. */
  readonly mermaid: string;
  /** What is in it no more, such as `immich-valkey` or `immich-server to immich-valkey`. */
  readonly gone: readonly string[];
}

/**
 * The pictures in which a thing or a way between two comes or goes; what changes its text alone is told elsewhere. A
 * page that anybody wrote by hand is not shown: what is no line of a picture of ours makes it none.
 */
export function pictureChanges(tree: TreeChange, dists: readonly OwnDist[]): PictureChange[] {
  return dists.flatMap(({ root, before, after }) =>
    [...after.keys()]
      .filter((installation) => before.has(installation))
      .flatMap((installation): PictureChange[] => {
        const path = inside(root, `${installation}/README.md`);
        const [old, now] = [pictureIn(tree.before, path), pictureIn(tree.after, path)];
        if (old === undefined || now === undefined) return [];
        const came = now.parts.filter(({ id }) => !old.parts.some((part) => part.id === id));
        const gone = old.parts.filter(({ id }) => !now.parts.some((part) => part.id === id));
        if (came.length + gone.length === 0) return [];
        const nodes = came.filter(({ isNode }) => isNode).map(({ id }) => id);
        return [
          {
            installation,
            mermaid: nodes.length === 0 ? now.text : `${now.text}\n${greenFrame(nodes)}`,
            gone: gone.map(({ id }) => id),
          },
        ];
      }),
  );
}

function greenFrame(nodes: readonly string[]): string {
  return `  classDef added stroke:#1a7f37,stroke-width:3px\n  class ${nodes.join(',')} added`;
}

/** A picture as it was read. */
interface PictureText {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A thing by its name in the picture, or a way by those of its ends. */
interface Part {
  readonly id: string;
  readonly isNode: boolean;
}

function pictureIn(files: Files, path: string): PictureText | undefined {
  const page = textAt(files, path);
  const [, text] = (page !== undefined && isMarked(page) && /^```mermaid\n([^`]*)\n```$/m.exec(page)) || [];
  if (text === undefined) return undefined;
  const lines = text.replace(head, '').split('\n');
  if (!head.test(text) || !lines.every((line) => isOurs.test(line))) return undefined;
  return { text, parts: lines.flatMap(partOf) };
}

function partOf(line: string): Part[] {
  const [, node] = nodeLine.exec(line) ?? [];
  if (node !== undefined) return [{ id: node, isNode: true }];
  const [, from, to] = arrowLine.exec(line) ?? [];
  return from === undefined || to === undefined ? [] : [{ id: `${from} to ${to}`, isNode: false }];
}

/** How a picture begins, and how it did before names had room. */
const head = /^(?:%%\{init: \{"flowchart": \{"wrappingWidth": \d+\}\}\}%%\n)?flowchart LR\n/;

/** What is between quotation marks has no sign of Mermaid's, of HTML's or of Markdown's but line ends. */
const quotedText = `"(?:[A-Za-z0-9 .,:/()'_-]|#\\d+;|</?b>|<br/>)*"`;
const nodeLine = new RegExp(
  `^ {2,4}([A-Za-z0-9-]+)(?:\\[${quotedText}\\]|\\[\\(${quotedText}\\)\\]|\\(\\[${quotedText}\\]\\))$`,
);
const arrowLine = new RegExp(`^ {2}([A-Za-z0-9-]+) (?:-->|-\\.->)\\|${quotedText}\\| ([A-Za-z0-9-]+)$`);
const isOurs = new RegExp(
  [
    nodeLine.source,
    arrowLine.source,
    `^ {2}subgraph frame\\d+\\[${quotedText}\\]$`,
    '^ {2}end$',
    '^ {2}classDef unsaved stroke:#d1242f,stroke-width:2px$',
    '^ {2}class [A-Za-z0-9,-]+ unsaved$',
  ].join('|'),
);
