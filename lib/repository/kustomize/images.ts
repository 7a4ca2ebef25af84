import { type Origin, type Origins, originOf } from '../../manifests/derived.ts';
import type { Field } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';

/**
 * Images of containers, wherever these stand; a field `image` elsewhere is another's.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
 */
export function withImages(
  value: Value | undefined,
  images: readonly Field[],
  origins: Origins,
  at: Path = [],
): Value | undefined {
  const isContainer = typeof at.at(-1) === 'number' && containers.has(at.at(-2) ?? '');
  if (images.length === 0 || typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => withImages(item, images, origins, [...at, index]) ?? null);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const path = [...at, key];
      const image =
        isContainer && key === 'image' && typeof item === 'string' ? replacedImage(item, images) : undefined;
      if (image === undefined) {
        return [key, withImages(item, images, origins, path)];
      }
      origins.note(path, image.origin);
      return [key, image.text];
    }),
  );
}

const containers = new Set<string | number>(['containers', 'initContainers']);

/** One entry after the other, each seeing what the one before it made. */
function replacedImage(
  image: string,
  images: readonly Field[],
): { text: string; origin: Origin } | undefined {
  let result: { text: string; origin: Origin } | undefined;
  for (const entry of images) {
    result = imageByEntry(result?.text ?? image, entry) ?? result;
  }
  return result;
}

function imageByEntry(image: string, entry: Field): { text: string; origin: Origin } | undefined {
  const [, name = '', tag, digest] = /^([^@]*?)(?::([^:/@]+))?(?:@(.*))?$/.exec(image) ?? [];
  if (entry.get('name') !== name) {
    return undefined;
  }
  const newTag = entry.at('newTag');
  const text = [
    entry.at('newName').text ?? name,
    newTag.exists
      ? `:${String(newTag.value)}`
      : tag === undefined || entry.at('digest').exists
        ? ''
        : `:${tag}`,
    entry.at('digest').text !== undefined
      ? `@${entry.at('digest').text}`
      : newTag.exists || digest === undefined
        ? ''
        : `@${digest}`,
  ].join('');
  const { manifest, path } = newTag.exists ? newTag : entry;
  return { text, origin: originOf(manifest, path) };
}
