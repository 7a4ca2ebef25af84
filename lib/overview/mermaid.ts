import type { Picture, PictureNode } from './picture.ts';

/**
 * A picture in the language of Mermaid, which GitHub draws: https://mermaid.js.org/syntax/flowchart.html. It names no
 * colours but that of a warning, so that it can be read on dark and on light pages.
 */
export function mermaidOf({ frames, nodes, arrows }: Picture): string {
  const ids = idsOf(nodes);
  const line = (node: PictureNode) => `${ids.get(node.name)}${boxOf(node)}`;
  const unsaved = nodes.filter(({ isUnsaved }) => isUnsaved === true);
  return [
    // Names have hyphens, at which Mermaid would break them into several lines.
    '%%{init: {"flowchart": {"wrappingWidth": 340}}}%%',
    'flowchart LR',
    ...nodes.filter(({ frame }) => frame === undefined).map((node) => `  ${line(node)}`),
    ...frames.flatMap((frame, index) => [
      `  subgraph frame${index + 1}[${quote([frame])}]`,
      ...nodes.filter((node) => node.frame === frame).map((node) => `    ${line(node)}`),
      '  end',
    ]),
    ...arrows.map(
      ({ from, to, text, isCopy }) =>
        `  ${ids.get(from)} ${isCopy ? '-.->' : '-->'}|${quote([text])}| ${ids.get(to)}`,
    ),
    ...(unsaved.length === 0
      ? []
      : [
          '  classDef unsaved stroke:#d1242f,stroke-width:2px',
          `  class ${unsaved.map(({ name }) => ids.get(name)).join(',')} unsaved`,
        ]),
  ].join('\n');
}

/** Names without the signs that an id may not have, so that a node that comes changes no other line. */
function idsOf(nodes: readonly PictureNode[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  // A word that ends a frame in Mermaid.
  const taken = new Set(['end']);
  for (const { name } of nodes) {
    const word = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    let id = word;
    for (let count = 2; taken.has(id.toLowerCase()); count += 1) id = `${word}-${count}`;
    taken.add(id.toLowerCase());
    ids.set(name, id);
  }
  return ids;
}

function boxOf({ name, shape, details }: PictureNode): string {
  const text = quote([name, ...details], 'b');
  switch (shape) {
    case 'program':
      return `[${text}]`;
    case 'data':
      return `[(${text})]`;
    case 'outside':
      return `([${text}])`;
  }
}

/** Lines as one text, in which nothing is read as a sign of Mermaid, of HTML or of Markdown; the first in a tag. */
function quote(lines: readonly string[], tag?: 'b'): string {
  const [first = '', ...rest] = lines.map((line) => line.replace(/[^A-Za-z0-9 .,:/()'_-]/gu, escapeSign));
  return `"${[tag === undefined ? first : `<${tag}>${first}</${tag}>`, ...rest].join('<br/>')}"`;
}

function escapeSign(sign: string): string {
  return `#${sign.codePointAt(0)};`;
}
