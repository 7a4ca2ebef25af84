import { placeAt } from '../../site/place-at.ts';

/** Where a cursor at `|` stands: the path, what is written, and what of it is there. */
function at(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = placeAt(text, offset);
  if (place === undefined) return 'nothing';
  return `${place.kind} in ${place.path.join('.') || 'all'}: ${text.slice(place.from, offset)}`;
}

test.each([
  ['vol|', 'key in all: vol'],
  ['name: home\n|', 'key in all: '],
  ['volumes:\n  lib|', 'key in volumes: lib'],
  ['volumes:\n  library: { size: 1Gi }\n  |', 'key in volumes: '],
  ['volumes:\n  library: { size: 1Gi }\nro|', 'key in all: ro'],
  ['volumes:\n  library:\n    backup:\n      |', 'key in volumes.library.backup: '],
  ['volumes:\n\n  mo|', 'key in volumes: mo'],
  ['volumes:\n  library: { st|', 'key in volumes.library: st'],
  ['volumes:\n  library: { size: 500Gi, ba|', 'key in volumes.library: ba'],
  ['volumes:\n  library: { backup: { vol|', 'key in volumes.library.backup: vol'],
  ['volumes:\n  library: { backup: { volsync: {} }, si|', 'key in volumes.library: si'],
  ['volumes:\n  library: {\n    size: 1Gi,\n    ba|', 'key in volumes.library: ba'],
  ['network: { flavor: cil|', 'value in network.flavor: cil'],
  ['deliver: a|', 'value in deliver: a'],
  ['network:\n  flavor: |', 'value in network.flavor: '],
  ['hosts:\n  - ho|', 'key in hosts: ho'],
  ['hosts:\n  - host: a.example.org\n  - ho|', 'key in hosts: ho'],
  ['hosts: [{ ho|', 'key in hosts: ho'],
  ['machineLearning: { pools: [{ name: gpu, gpu: nv|', 'value in machineLearning.pools.gpu: nv'],
  ['host: "a: b"\nna|', 'key in all: na'],
  ['name: it#s\nna|', 'key in all: na'],
  ['name: home # vol|', 'nothing'],
  ['# vol|', 'nothing'],
  ['host: "vol|', 'nothing'],
  ["host: 'vol|", 'nothing'],
  ['} ] }\nna|', 'key in all: na'],
])('%j', (marked, expected) => {
  expect(at(marked)).toBe(expected);
});
