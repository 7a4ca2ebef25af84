import { type Origin, originOf } from '../../manifests/derived.ts';
import { type Field, isList } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import { fits } from './selector.ts';

/**
 * Images of containers, and of volumes that are images, wherever these stand; a field `image` elsewhere is another's.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
 */
export function withImages(
  value: Value,
  images: readonly Field[],
  note: (at: Path, origin: Origin) => void,
  at: Path = [],
): Value {
  if (images.length === 0 || typeof value !== 'object' || value === null) {
    return value;
  }
  if (isList(value)) {
    const items = value.map((item, index) => withImages(item, images, note, [...at, index]));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let result = value;
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const path = [...at, key];
    const image =
      typeof item === 'string' && isImage(path) ? replacedImage(item, times(path, images)) : undefined;
    const next = image === undefined ? withImages(item, images, note, path) : image.text;
    if (next !== item) {
      if (image !== undefined) note(path, image.origin);
      result = { ...result, [key]: next };
    }
  }
  return result;
}

/** Kustomize looks for images twice: in all containers, and in those of pods and their templates. */
function times(path: Path, images: readonly Field[]): readonly Field[] {
  const isTwice = /^spec\/(template\/spec\/)?(containers|initContainers)\/\d+\/image$/.test(path.join('/'));
  return isTwice ? images.flatMap((image) => [image, image]) : images;
}

function isImage(path: Path): boolean {
  const [list, index, ...field] = path.slice(path.findLastIndex((step) => typeof step === 'number') - 1);
  return (
    typeof index === 'number' &&
    ((field.join('/') === 'image' && (list === 'containers' || list === 'initContainers')) ||
      (field.join('/') === 'image/reference' && list === 'volumes'))
  );
}

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
  // Kustomize takes the name for a regular expression.
  if (!fits(entry.at('name').text ?? '^', name)) {
    return undefined;
  }
  const newTag = entry.at('newTag');
  const suffix = newTag.exists || entry.at('digest').exists ? '' : (entry.at('tagSuffix').text ?? '');
  const text = [
    entry.at('newName').text ?? name,
    newTag.exists
      ? `:${String(newTag.value)}`
      : `${tag ?? ''}${suffix}` === '' || entry.at('digest').exists
        ? ''
        : `:${tag ?? ''}${suffix}`,
    entry.at('digest').text !== undefined
      ? `@${entry.at('digest').text}`
      : newTag.exists || suffix !== '' || digest === undefined
        ? ''
        : `@${digest}`,
  ].join('');
  const { manifest, path } = newTag.exists ? newTag : entry;
  return { text, origin: originOf(manifest, path) };
}
