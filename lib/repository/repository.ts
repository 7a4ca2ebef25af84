import type { Files } from '../files/files.ts';
import { Field } from '../manifests/field.ts';
import { type BrokenManifest, Inventory } from '../manifests/inventory.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { folderOf, isKustomizeFile, joinPath } from '../manifests/views/layer.ts';
import type { Position } from '../text/position.ts';
import { type Directive, directivesOf } from './directive.ts';
import { readFolder, readText, type Skipped } from './folder.ts';
import { renderReleases } from './helm/releases.ts';
import { ValueFiles } from './helm/value-files.ts';
import { buildKustomizations } from './kustomize/build.ts';
import { BrokenYaml, readDocument, splitDocuments } from './manifest-document.ts';
import { type Outline, outline } from './outline.ts';
import { type Interest, immich, Relevance } from './relevance.ts';
import { formOf, type Sighting, sightingsIn } from './sighting.ts';

/** A folder of manifests that others wrote, ready for the rules. */
export interface Repository {
  readonly inventory: Inventory;
  /** The number of YAML files that were read. */
  readonly files: number;
  /** The number of Kubernetes objects in them. */
  readonly objects: number;
  /** What was left out, and why. */
  readonly skipped: readonly Skipped[];
  /** The comments that silence rules. */
  readonly directives: readonly Directive[];
  /** Objects of which only kind and name were read, since they have to do with something else: see `outlineOf`. */
  readonly outlined: ReadonlySet<string>;
  /** Helm releases of which it is not known what they make. */
  readonly opaque: ReadonlySet<Manifest>;
  /** What looks like Immich. */
  readonly sightings: readonly Sighting[];
}

/** What `Repository.outlined` knows a manifest by, however kustomize changed it. */
export function outlineOf({ file, object }: Manifest): string {
  return JSON.stringify([file, object.kind]);
}

/** The most documents, and the most characters of them, that are kept, so that memory stays bounded. */
const most = 100_000;
const mostText = 32 * 1024 * 1024;

/**
 * Reads a folder, or one file. Every document is looked at, but only those that have to do with Immich, databases or
 * Flux are read whole; of the others the rules know kind and name.
 *
 * @param only The one file to read, when it is not the whole folder.
 * @param interest Which documents are read whole, when it is not for the rules.
 * @throws Error when the folder cannot be read.
 */
export function readRepository(
  folder: Files,
  only?: string,
  interest: Interest = new Relevance(),
): Repository {
  const { files, paths, skipped: left } = readFolder(folder, only);
  const skipped: Skipped[] = [];
  const directives: Directive[] = [];
  const sightings: Sighting[] = [];
  const candidates: string[] = [];
  const outlines: Outline[] = [];
  const unknown = new Set<string>();
  let count = 0;
  let kept = 0;
  for (const { file, text } of files) {
    count++;
    if (isTemplate(file, text)) {
      skipped.push({ file, reason: 'a template of a Helm chart' });
      sightings.push(...sightingsIn(file, text, [], 'a template of a Helm chart'));
      continue;
    }
    if (text.includes('immich-audit:')) {
      directives.push(...directivesOf(file, text));
    }
    const found = splitDocuments(file, text).flatMap((document) => outline(document) ?? []);
    sightings.push(...sightingsIn(file, text, found, formOf(text, found)));
    if (found.length === 0) {
      skipped.push({ file, reason: 'not Kubernetes' });
      unknown.add(file);
      if (mayBeValues(file, text)) {
        candidates.push(file);
        interest.addFile(file);
      }
    }
    for (const one of found) {
      const { length } = one.document.text;
      if (outlines.length >= most || kept + length > mostText) {
        skipped.push({ file, reason: 'more than can be kept in memory' });
        break;
      }
      interest.add(one);
      const isDropped = !interest.isEverNeeded(one);
      kept += isDropped ? 0 : length;
      outlines.push(isDropped ? withoutText(one) : one);
    }
  }
  const outlined = new Set<string>();
  const broken: BrokenManifest[] = [];
  const manifests = outlines.flatMap((one) => {
    if (interest.isNeeded(one)) return read(one, skipped, broken);
    const known = summary(one);
    for (const manifest of known) outlined.add(outlineOf(manifest));
    return known;
  });
  broken.push(...brokenEntries(manifests, unknown, folder));
  return {
    ...inventoryOf(manifests, paths, folder, broken, candidates),
    files: count,
    objects: outlines.length,
    skipped: [...left, ...skipped],
    directives,
    outlined,
    sightings,
  };
}

/** Files that a kustomization lists, and that are so broken that they do not even say what they are. */
function brokenEntries(
  manifests: readonly Manifest[],
  unknown: ReadonlySet<string>,
  folder: Files,
): BrokenManifest[] {
  if (unknown.size === 0) return [];
  const listed = manifests.filter(isKustomizeFile).flatMap((kustomization) =>
    Field.of(kustomization)
      .at('resources')
      .texts.flatMap((entry) => joinPath(folderOf(kustomization.file), entry) ?? []),
  );
  const broken: BrokenManifest[] = [];
  for (const file of new Set(listed.filter((one) => unknown.has(one)))) {
    for (const document of splitDocuments(file, readText(folder, file) ?? '')) {
      read({ document, ...untold }, [], broken);
    }
  }
  return broken;
}

const untold = { apiVersion: '', kind: 'Unknown', name: undefined, namespace: undefined, certain: true };

function inventoryOf(
  manifests: readonly Manifest[],
  paths: readonly string[],
  folder: Files,
  broken: readonly BrokenManifest[],
  candidates: readonly string[],
): Pick<Repository, 'inventory' | 'opaque'> {
  const texts = new Map<string, string | undefined>();
  const read = (file: string) => {
    if (!texts.has(file)) {
      texts.set(file, readText(folder, file));
    }
    return texts.get(file);
  };
  const applied = buildKustomizations(manifests, read);
  const releases = renderReleases(applied, new ValueFiles(read, paths, candidates));
  const { opaque } = releases;
  return {
    inventory: new Inventory([...applied, ...releases.manifests], {
      otherFiles: paths,
      opaque,
      broken,
    }),
    opaque,
  };
}

/** The outline alone. Its texts are copied, because V8 keeps a whole file for as long as a part of it is used. */
function withoutText({ document, apiVersion, kind, name, namespace, certain }: Outline): Outline {
  const copy = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));
  return {
    document: { ...document, text: '' },
    apiVersion: copy(apiVersion),
    kind: copy(kind),
    name: name === undefined ? undefined : copy(name),
    namespace: namespace === undefined ? undefined : copy(namespace),
    certain,
  };
}

/** Templates are written in another language; YAML in a folder `templates` beside a Chart.yaml is one. */
function isTemplate(file: string, text: string): boolean {
  return /(^|\/)templates\//.test(file) && text.includes('{{');
}

/** Whether a file that holds no objects may hold values of a chart for Immich. */
function mayBeValues(file: string, text: string): boolean {
  return (
    immich.test(text) &&
    (/(^|\/)(values[^/]*|Chart)\.ya?ml$/.test(file) ||
      /^(controllers|immich|server|machine-learning):/m.test(text))
  );
}

function read(one: Outline, skipped: Skipped[], broken: BrokenManifest[]): Manifest[] {
  const { document } = one;
  // What another program still fills in is no YAML yet.
  const isYaml = !/\{\{|\{%|#%|<%/.test(document.text) && !/(^|\/)templates\//.test(document.file);
  try {
    const { manifests, repeated } = readDocument(document);
    const [first] = repeated;
    if (first !== undefined && !choosing.test(document.text)) {
      broken.push({
        manifest: outlineAt(one, first.position),
        fault: { kind: 'repeated key', key: first.key },
      });
    }
    return manifests;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    skipped.push({ file: document.file, reason: `broken YAML: ${reason}` });
    const place = error instanceof BrokenYaml ? error.position : undefined;
    if (place !== undefined && isYaml) {
      const { line, column } = place;
      const position = { line: line + document.above, column };
      broken.push({ manifest: outlineAt(one, position), fault: { kind: 'no YAML', reason } });
    }
    return [];
  }
}

/** What another program chooses between: of a key that stands twice it leaves one. */
const choosing = /\{%|#%|<%|\{\{-?\s*(if|else|end|range|with)\b/;

/** What is known of an object without reading it, shown at a place. */
function outlineAt({ document, apiVersion, kind, name, namespace }: Outline, position: Position): Manifest {
  const metadata = {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  return {
    file: document.file,
    object: { apiVersion, kind, metadata },
    comments: [],
    position: () => position,
  };
}

/** An object of which only kind and name are known; nothing for a kustomization, which would seem to be empty. */
function summary(one: Outline): Manifest[] {
  return one.apiVersion.startsWith('kustomize.config.k8s.io/')
    ? []
    : [outlineAt(one, { line: one.document.above + 1, column: 1 })];
}
