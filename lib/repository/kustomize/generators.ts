import { derive, Origins } from '../../manifests/derived.ts';
import type { Field } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { folderOf, joinPath } from '../../manifests/views/layer.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import type { ReadText } from './patch.ts';

/** An object that a kustomization generates, and what becomes of one of its name that is there already. */
export interface Generated {
  readonly manifest: Manifest;
  readonly behavior: 'create' | 'merge' | 'replace';
}

/**
 * The config maps and secrets that a kustomization generates. Their names are those before the hash, because
 * kustomize writes the hash wherever it finds the name.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/
 */
export function generateObjects(kustomization: Field, read: ReadText): Generated[] {
  return [
    ...kustomization
      .at('configMapGenerator')
      .items.map((entry) => generated(entry, 'ConfigMap', kustomization, read)),
    ...kustomization
      .at('secretGenerator')
      .items.map((entry) => generated(entry, 'Secret', kustomization, read)),
  ];
}

function generated(
  entry: Field,
  kind: 'ConfigMap' | 'Secret',
  kustomization: Field,
  read: ReadText,
): Generated {
  const folder = folderOf(kustomization.manifest.file);
  const options = [kustomization.at('generatorOptions'), entry.at('options')];
  const data = Object.fromEntries([
    ...[
      ...entry.at('envs').texts,
      ...(entry.at('env').text === undefined ? [] : [entry.at('env').text ?? '']),
    ].flatMap((file) => fromVariables(read(joinPath(folder, file) ?? '') ?? '')),
    ...entry.at('literals').texts.map(pair),
    ...entry.at('files').texts.map((text) => fromFile(text, folder, read)),
  ]);
  const namespace = entry.at('namespace').text;
  const pairs = (list: 'annotations' | 'labels') => {
    const all = Object.assign({}, ...options.map((one) => one.at(list).labels));
    return Object.keys(all).length === 0 ? {} : { [list]: all };
  };
  const object: KubernetesObject = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: entry.at('name').text ?? '',
      ...(namespace === undefined ? {} : { namespace }),
      ...pairs('annotations'),
      ...pairs('labels'),
    },
    // Whether values of secrets are plain is told of the files they come from.
    ...(kind === 'Secret' ? { type: entry.at('type').text ?? 'Opaque', sops: {} } : {}),
    ...(options.some((one) => one.get('immutable') === true) ? { immutable: true } : {}),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
  const origins = new Origins();
  for (const text of entry.at('files').texts) {
    const [key, file] = keyAndFile(text, folder);
    origins.note(['data', key], { manifest: textFile(file, object, read), path: [] });
  }
  const behavior = entry.at('behavior').text;
  return {
    manifest: derive(
      entry.manifest,
      object,
      (path) => origins.find(path) ?? { manifest: entry.manifest, path: entry.path },
    ),
    behavior: behavior === 'merge' || behavior === 'replace' ? behavior : 'create',
  };
}

/** A file whose text becomes a value. Positions are those of the values in it, if it is YAML. */
function textFile(file: string, object: KubernetesObject, read: ReadText): Manifest {
  return {
    file,
    object,
    comments: [],
    position: (path) => {
      const [document] = splitDocuments(file, read(file) ?? '');
      return document === undefined ? { line: 1, column: 1 } : readValue(document).position(path);
    },
  };
}

/** `key=file`, or a file whose name is the key. */
function keyAndFile(text: string, folder: string): [string, string] {
  const [key, file] = text.includes('=') ? pair(text) : [text.slice(text.lastIndexOf('/') + 1), text];
  return [key, joinPath(folder, file) ?? ''];
}

function fromFile(text: string, folder: string, read: ReadText): [string, Value] {
  const [key, file] = keyAndFile(text, folder);
  return [key, read(file) ?? ''];
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2')];
}

function fromVariables(text: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\uFEFF?\s*/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    });
}
