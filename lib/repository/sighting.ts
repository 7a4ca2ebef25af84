import type { Outline } from './outline.ts';

/** Something that looks like Immich, whether or not it is understood. */
export interface Sighting {
  readonly file: string;
  /** What was seen: `the image ghcr.io/immich-app/immich-server in a template of a Helm chart`. */
  readonly what: string;
}

/** What looks like Immich in a file, by the images, charts and releases that it names. */
export function sightingsIn(
  file: string,
  text: string,
  objects: readonly Outline[],
  form: string,
): Sighting[] {
  if (!/immich/i.test(text)) return [];
  const images = [...text.matchAll(image)].map(([, image = '']) => `the image ${image}`);
  const charts = [...text.matchAll(chart)].map(([, chart = '']) => `the chart ${chart}`);
  const releases = objects.flatMap(({ kind, name, document }) => {
    const known = name ?? flowName.exec(document.text)?.[1] ?? '';
    if (releaseKinds.has(kind) && /^immich(-server)?$/.test(known)) return [`the ${kind} ${known}`];
    return generators.has(kind) && named.test(document.text) ? [`immich named by the ${kind} ${known}`] : [];
  });
  return [...new Set([...images, ...charts, ...releases])].map((seen) => ({
    file,
    what: `${seen} in ${form}`,
  }));
}

/** What a file is, as people call it. */
export function formOf(text: string, objects: readonly Outline[]): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].filter((kind) => kind !== '');
  if (kinds.length > 0) {
    return `a file of ${kinds.slice(0, 3).join(', ')}${kinds.length > 3 ? ' and more' : ''}`;
  }
  return /^services:/m.test(text) ? 'a file of Compose' : 'a file without objects of Kubernetes';
}

const image =
  /^[^\S\n]*(?:-[^\S\n]+)?["']?(?:image|repository)["']?:[^\S\n]*["']?([^\s"'#]*\/immich-(?:server|machine-learning))\b/gm;

const chart = /^[^\S\n]*(?:-[^\S\n]+)?chart:[^\S\n]*["']?((?:[^\s"']*\/)?immich)["']?[^\S\n]*\r?$/gm;

/** The name of an object whose metadata are written in one line. */
const flowName = /^metadata:[ \t]*\{[^}\n]*\bname:[ \t]*["']?([^\s"',}]+)/m;

/** Kinds that install a chart. */
const releaseKinds = new Set(['HelmRelease', 'HelmChart', 'Application']);

/** Kinds that make others of a list, which is not followed. */
const generators = new Set(['ApplicationSet', 'ResourceSet']);

/** Immich itself: not its kiosk, its proxies and the like. */
const named = /(?<![\w-])immich(-server)?(?![\w-])/;
