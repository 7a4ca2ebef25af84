import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesOf } from '../../lib/files/texts.ts';
import { isMapping } from '../../lib/manifests/field.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { isKustomizeFile } from '../../lib/manifests/views/layer.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';
import type { Interest } from '../../lib/repository/relevance.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import type { Fixture } from './objects.ts';

/** The objects that `kustomize build` makes of a folder, each as a text, in the order of these. */
export function objectsOfKustomize(kustomize: string, { files, top = '' }: Fixture): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'immich-cdk8s-kustomize-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const built = execFileSync(kustomize, ['build', join(folder, top)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const objects = splitDocuments('built.yaml', built).flatMap(readManifests);
    return textsOf(withoutHashes(objects.map(({ object }) => object)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The objects that the auditor sees in the same folder. */
export function objectsOfReading({ files }: Fixture): string[] {
  const { inventory } = readRepository(filesOf('.', new Map(Object.entries(files))), undefined, all);
  const objects = inventory.manifests.filter((manifest) => !isKustomizeFile(manifest));
  return textsOf(objects.map(({ object }) => asApplied(object)));
}

/** Every document is read whole. */
const all: Interest = {
  add: () => undefined,
  addFile: () => undefined,
  isEverNeeded: () => true,
  isNeeded: () => true,
};

/**
 * The reading gives the names of generated objects before the hash.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go
 */
function withoutHashes(objects: readonly KubernetesObject[]): Value[] {
  let text = JSON.stringify(objects);
  for (const { kind, metadata } of objects) {
    const [, name] = /^(.+)-[2456789bcdfghkmt]{10}$/.exec(metadata?.name ?? '') ?? [];
    if (name !== undefined && ['ConfigMap', 'Secret'].includes(kind)) {
      text = text.replaceAll(JSON.stringify(metadata?.name), JSON.stringify(name));
    }
  }
  return JSON.parse(text);
}

/** The reading keeps the values of generated secrets as they are written, and marks them. */
function asApplied(object: KubernetesObject): Value {
  const { sops, data, ...rest } = object;
  return object.kind === 'Secret' && sops !== undefined && isMapping(data)
    ? {
        ...rest,
        data: Object.fromEntries(
          Object.entries(data).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]),
        ),
      }
    : object;
}

function textsOf(objects: readonly Value[]): string[] {
  return objects.map((object) => JSON.stringify(sorted(object), undefined, 1)).sort();
}

function sorted(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((item: Value) => sorted(item) ?? null);
  if (!isMapping(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
