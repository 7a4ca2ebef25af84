import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import type { Tree } from '../control-plane/flux.ts';
import { manifestsIn } from '../control-plane/manifests.ts';
import { ownFolder, runFolder } from '../control-plane/processes.ts';
import { listAt } from '../control-plane/value.ts';

/** What one Kubernetes cluster gets of one installation: a folder of dist. */
export interface Site {
  /** `<installation>/<cluster>` */
  readonly name: string;
  /** `dist/<installation>/<cluster>` */
  readonly path: string;
}

/** An object of dist and the file that it stands in. */
export interface DistObject {
  readonly file: string;
  /** The folder below the site, which is also what one Flux Kustomization applies. */
  readonly layer: string;
  readonly text: string;
  readonly object: KubernetesObject;
}

/** A change of an installation file: the value of a key, undefined to leave the key out. */
export type Edits = Readonly<Record<string, unknown>>;

/** The committed dist. Paths begin with `dist/`, as in the repository that Flux reads. */
export function committed(): Tree {
  return readTree(runFolder());
}

/** The committed dist of one installation. */
export function committedOf(installation: string): Tree {
  return new Map([...committed()].filter(([file]) => file.startsWith(`dist/${installation}/`)));
}

/** The text of a shipped installation file. */
export function installationFile(installation: string): string {
  return readFileSync(join(runFolder(), 'installations', `${installation}.yaml`), 'utf8');
}

/** Every folder of dist that a cluster's Flux is pointed at. */
export function sitesOf(tree: Tree): readonly Site[] {
  const names = [...tree.keys()].flatMap((file) => /^dist\/([^/]+\/[^/]+)\/flux\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort().map((name) => ({ name, path: `dist/${name}` }));
}

/** The objects of a site, without the files that only kustomize reads. */
export function objectsOf(tree: Tree, site: Site): readonly DistObject[] {
  return [...tree].flatMap(([file, text]) => {
    if (
      !file.startsWith(`${site.path}/`) ||
      !file.endsWith('.yaml') ||
      file.endsWith('/kustomization.yaml')
    ) {
      return [];
    }
    const layer = file.slice(site.path.length + 1, file.lastIndexOf('/'));
    return manifestsIn(text).map((object) => ({ file, layer, text, object }));
  });
}

/** The tree with one object changed. The file must hold just this object. */
export function changed(
  tree: Tree,
  file: string,
  change: (object: KubernetesObject) => KubernetesObject,
): Tree {
  const [object] = manifestsIn(tree.get(file) ?? '');
  if (object === undefined) {
    throw new Error(`dist has no ${file}.`);
  }
  return new Map([...tree, [file, stringify(change(object))]]);
}

/** The tree without some files, which their kustomization.yaml no longer lists either. */
export function without(tree: Tree, files: readonly string[]): Tree {
  const kept = new Map(tree);
  for (const file of files) {
    kept.delete(file);
    const list = `${dirname(file)}/kustomization.yaml`;
    const text = kept.get(list);
    if (text !== undefined) {
      const [kustomization] = manifestsIn(text);
      const resources = listAt(kustomization, 'resources').filter(
        (each) => `${dirname(file)}/${each}` !== file,
      );
      kept.set(list, stringify({ ...kustomization, resources }));
    }
  }
  return kept;
}

/** What synth makes of a shipped installation file with some keys changed. */
export function synthesized(installation: string, edits: Edits, previous?: Tree): Tree {
  const { status, output, folder } = synth(installation, edits, previous);
  if (status !== 0) {
    throw new Error(`synth refused ${installation} with ${JSON.stringify(edits)}:\n${output}`);
  }
  return readTree(folder);
}

/** What synth writes beside dist too: the whole repository of a person, by the paths in it. */
export function synthesizedRepository(installation: string, edits: Edits): Tree {
  const { status, output, folder } = synth(installation, edits);
  if (status !== 0) {
    throw new Error(`synth refused ${installation} with ${JSON.stringify(edits)}:\n${output}`);
  }
  return filesIn(folder, '');
}

/** What synth says when it refuses a change of a shipped installation file; empty when it accepts it. */
export function refusal(installation: string, edits: Edits, previous: Tree): string {
  const { status, output } = synth(installation, edits, previous);
  return status === 0 ? '' : output;
}

/** Runs synth in a folder of its own, as a person does in the repository. `previous` is the dist that lies there. */
function synth(installation: string, edits: Edits, previous: Tree = new Map()) {
  const folder = mkdtempSync(join(ownFolder('synth'), `${installation}-`));
  for (const [file, text] of previous) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const document = parseDocument(installationFile(installation));
  for (const [key, value] of Object.entries(edits)) {
    if (value === undefined) {
      document.deleteIn(key.split('.'));
    } else {
      document.setIn(key.split('.'), document.createNode(value));
    }
  }
  mkdirSync(join(folder, 'installations'));
  writeFileSync(join(folder, 'installations', `${installation}.yaml`), document.toString());
  const program = join(runFolder(), 'synth.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}`, folder };
}

function readTree(root: string): Tree {
  return filesIn(join(root, 'dist'), 'dist/');
}

function filesIn(folder: string, prefix: string): Tree {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [`${prefix}${file}`, readFileSync(join(folder, file), 'utf8')]),
  );
}
