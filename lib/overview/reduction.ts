import type { Arrow, Picture, PictureNode } from './picture.ts';

/** More nodes than this are no picture any more. */
export const mostNodes = 15;

/**
 * One node for each name, one arrow for each pair, and no more nodes than can be taken in: what is outside and does
 * not keep data becomes one node where there are too many.
 */
export function reduceNodes(picture: Picture): Picture {
  const joined = joinedBy(picture, (name) => name);
  const tooMany = joined.nodes.length - mostNodes;
  if (tooMany <= 0) return joined;
  const reached = joined.nodes.filter(
    ({ name, shape }) =>
      shape === 'outside' &&
      joined.arrows.every(({ from, to, isCopy }) => from !== name && !(to === name && isCopy)),
  );
  const folded = reached.slice(-(tooMany + 1)).map(({ name }) => name);
  return folded.length < 2
    ? joined
    : joinedBy(joined, (name) => (folded.includes(name) ? `${folded.length} others` : name));
}

/** Nodes and arrows under new names, in which those that become one are joined. */
function joinedBy({ frames, nodes, arrows }: Picture, nameOf: (name: string) => string): Picture {
  const byName = new Map<string, PictureNode>();
  for (const node of nodes) {
    const name = nameOf(node.name);
    const known = byName.get(name);
    const details = name === node.name ? node.details : [node.name];
    byName.set(name, {
      ...(known ?? node),
      name,
      details: [...new Set([...(known?.details ?? []), ...details])],
      isUnsaved: known?.isUnsaved === true || node.isUnsaved === true,
    });
  }
  const byEnds = new Map<string, Arrow>();
  for (const arrow of arrows) {
    const { text, isCopy } = arrow;
    const [from, to] = [nameOf(arrow.from), nameOf(arrow.to)];
    const id = JSON.stringify([from, to, isCopy]);
    const texts = new Set([...(byEnds.get(id)?.text.split(', ') ?? []), text]);
    byEnds.set(id, { from, to, text: [...texts].join(', '), isCopy });
  }
  return { frames, nodes: [...byName.values()], arrows: [...byEnds.values()] };
}
