import { derive, Origins } from '../../manifests/derived.ts';
import type { Field } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { folderOf, joinPath } from '../../manifests/views/layer.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import type { ReadText } from './patch.ts';

/**
 * The config maps and secrets that a kustomization generates. Their names are those before the hash, because
 * kustomize writes the hash wherever it finds the name.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/
 */
export function generateObjects(kustomization: Field, read: ReadText): Manifest[] {
  const folder = folderOf(kustomization.manifest.file);
  const options = kustomization.at('generatorOptions');
  return [
    ...kustomization
      .at('configMapGenerator')
      .items.map((entry) => object(entry, 'ConfigMap', options, folder, read)),
    ...kustomization
      .at('secretGenerator')
      .items.map((entry) => object(entry, 'Secret', options, folder, read)),
  ];
}

function object(entry: Field, kind: string, options: Field, folder: string, read: ReadText): Manifest {
  const data = Object.fromEntries([
    ...entry.at('files').texts.map((text) => fromFile(text, folder, read)),
    ...entry.at('literals').texts.map(pair),
    ...[
      ...entry.at('envs').texts,
      ...(entry.at('env').text === undefined ? [] : [entry.at('env').text ?? '']),
    ].flatMap((file) => fromVariables(read(joinPath(folder, file) ?? '') ?? '')),
  ]);
  const namespace = entry.at('namespace').text;
  const generatedObject: KubernetesObject = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: entry.at('name').text ?? '',
      ...(namespace === undefined ? {} : { namespace }),
      annotations: { ...options.at('annotations').labels, ...entry.at('options', 'annotations').labels },
      labels: { ...options.at('labels').labels, ...entry.at('options', 'labels').labels },
    },
    // Whether values of secrets are plain is told of the files they come from.
    ...(kind === 'Secret' ? { sops: {} } : {}),
    data,
  };
  const origins = new Origins();
  for (const text of entry.at('files').texts) {
    const [key, file] = keyAndFile(text, folder);
    origins.note(['data', key], { manifest: textFile(file, generatedObject, read), path: [] });
  }
  return derive(
    entry.manifest,
    generatedObject,
    (path) => origins.find(path) ?? { manifest: entry.manifest, path: entry.path },
  );
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
    .filter((line) => /^[^#\s=]+=/.test(line))
    .map(pair);
}
