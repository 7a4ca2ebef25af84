import { derive, Origins, originOf } from '../../manifests/derived.ts';
import { Field, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';

/**
 * Values of a chart, those that come later over those before, as one field; each value is found where it was
 * written. Mappings are merged, everything else is replaced, and null removes, as Helm does.
 */
export function mergedValues(manifest: Manifest, all: readonly Field[]): Field {
  const layers = all.filter((layer) => layer.exists);
  const origins = new Origins();
  const [last] = layers.slice(-1);
  if (last !== undefined) {
    origins.note([], originOf(last.manifest, last.path));
  }
  let values: Value | undefined = {};
  for (const layer of layers) {
    values = mergeValues(values, layer, origins, []);
  }
  // Values are no object of Kubernetes, but findings in them are told as the release's.
  const object: KubernetesObject = { ...(isMapping(values) ? values : {}), apiVersion: '', kind: 'Values' };
  return Field.of(
    derive(manifest, object, (path) => origins.find(path) ?? originOf(manifest, []), manifest.object),
  );
}

function mergeValues(under: Value | undefined, over: Field, origins: Origins, at: Path): Value | undefined {
  if (!isMapping(over.value)) {
    return over.value;
  }
  const result: Record<string, Value | undefined> = isMapping(under) ? { ...under } : {};
  for (const [key, field] of over.entries) {
    if (field.value === null) {
      delete result[key];
    } else {
      origins.note([...at, key], originOf(field.manifest, field.path));
      result[key] = mergeValues(result[key], field, origins, [...at, key]);
    }
  }
  return result;
}
