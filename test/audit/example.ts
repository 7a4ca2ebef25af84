import { parseAllDocuments } from 'yaml';
import { Inventory, type InventoryOptions } from '../../lib/manifests/inventory.ts';
import type { KubernetesObject, Manifest } from '../../lib/manifests/manifest.ts';

/** The manifests of an example: YAML documents, each under a comment that names its file, if that matters. */
export function manifestsOf(example: string): Manifest[] {
  return documentsOf(example).flatMap(({ file, document }) =>
    document.errors.length > 0 ? [] : [manifest(file, document.toJS())],
  );
}

/** The inventory of an example. */
export function inventoryOf(example: string, options: InventoryOptions = {}): Inventory {
  const broken = documentsOf(example).flatMap(({ file, text, document: { errors } }) =>
    errors.map(({ message }) => ({
      manifest: manifest(file, { apiVersion: 'v1', kind: /^kind: (\w+)/m.exec(text)?.[1] ?? '' }),
      fault: { kind: 'no YAML' as const, reason: message.split('\n')[0] ?? '' },
    })),
  );
  return new Inventory(manifestsOf(example), { broken, ...options });
}

function documentsOf(example: string) {
  return example.split(/^---$/m).flatMap((text) => {
    const file = /^\s*# (\S+\.yaml)$/m.exec(text)?.[1] ?? 'example.yaml';
    return parseAllDocuments(text).map((document) => ({ file, text, document }));
  });
}

/** A manifest that was never read from a file. */
export function manifest(file: string, object: KubernetesObject): Manifest {
  return { file, object, comments: [], position: () => undefined };
}
