import { type Origin, originOf } from '../../manifests/derived.ts';
import { Field, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import {
  partOf,
  type Replacement,
  replaceIn,
  sourcePlace,
  stepsOf,
  targetPlaces,
  withItems,
  withValue,
} from './replacement.ts';
import { changed, type Identity, identitiesOf, type Resource } from './resource.ts';
import { selectsIdentity, selectsObject } from './selector.ts';
import { withShared } from './shared-labels.ts';

/** The resources after one replacement after the other. */
export function replaced(
  resources: readonly Resource[],
  replacements: readonly Replacement[],
): readonly Resource[] {
  return replacements.reduce((all, one) => withReplacement(all, one), resources);
}

/** The largest value that is followed, so that values set into themselves do not fill the memory. */
const longest = 20_000;

interface Source {
  readonly value: Value;
  readonly origin: Origin;
}

function withReplacement(resources: readonly Resource[], replacement: Replacement): readonly Resource[] {
  const source = sourceOf(resources, replacement);
  if (source === undefined || JSON.stringify(source.value).length > longest) return resources;
  const targets = replacement.at('targets').items;
  return resources.map((resource) => {
    const identities = identitiesOf(resource);
    return targets.reduce(
      (one, target) => (isMeant(one, identities, target) ? assigned(one, target, source) : one),
      resource,
    );
  });
}

function sourceOf(resources: readonly Resource[], replacement: Replacement): Source | undefined {
  const value = replacement.at('sourceValue');
  if (value.text !== undefined) {
    return { value: value.text, origin: originOf(value.manifest, value.path) };
  }
  const selector = replacement.at('source');
  const sources = isMapping(selector.value)
    ? resources.filter((one) => identitiesOf(one).some((id) => isSource(selector, one, id)))
    : [];
  const [from] = sources;
  const place =
    from === undefined ? undefined : sourcePlace(from.object, stepsOf(selector.at('fieldPath').text ?? name));
  // Kustomize refuses to build when there is not exactly one.
  if (from === undefined || place === undefined || sources.length > 1) return undefined;
  const found = partOf(new Field(from.source, [], from.object).get(...place), selector.at('options'));
  return found === undefined ? undefined : { value: found, origin: from.origin(place) };
}

/** A source is called by its whole name, never by a regular expression. */
function isSource(selector: Field, { object }: Resource, { kind, name: its, namespace }: Identity): boolean {
  const { apiVersion } = object;
  const slash = apiVersion.indexOf('/');
  const is = (field: string, value: string) => [undefined, '', value].includes(selector.at(field).text);
  return (
    is('group', slash < 0 ? '' : apiVersion.slice(0, slash)) &&
    is('version', apiVersion.slice(slash + 1)) &&
    is('kind', kind) &&
    is('name', its) &&
    is('namespace', namespace ?? '')
  );
}

function isMeant(resource: Resource, identities: readonly Identity[], target: Field): boolean {
  const select = target.at('select');
  const { object } = resource;
  return (
    isMapping(select.value) &&
    selectsObject(select, object) &&
    identities.some((id) => selectsIdentity(select, id)) &&
    !target
      .at('reject')
      .items.some(
        (reject) => selectsObject(reject, object) && identities.some((id) => selectsIdentity(reject, id)),
      )
  );
}

const name = 'metadata.name';

function assigned(resource: Resource, target: Field, source: Source): Resource {
  const options = target.at('options');
  const paths = target.at('fieldPaths').exists ? target.at('fieldPaths').texts : [name];
  return paths.reduce((one, path) => {
    const steps = stepsOf(path);
    const isMade = options.get('create') === true;
    const complete = isMade ? withObject(one, withItems(one.object, steps)) : one;
    const places = targetPlaces(complete.object, steps, isMade);
    const all = places.paths.reduce((each, place) => set(each, place, source, options), complete);
    return places.isInText ? { ...all, unknown: `a replacement of a part of the text at ${path}` } : all;
  }, resource);
}

function set(resource: Resource, place: Path, { value, origin }: Source, options: Field): Resource {
  const next = replaceIn(new Field(resource.source, [], resource.object).get(...place), value, options);
  if (next === undefined || place.length < 2 || JSON.stringify(next).length > longest) return resource;
  const result = changed(resource, (object, { wrote }) => {
    if (!options.at('delimiter').exists) wrote(place, origin);
    return object;
  });
  return withObject(result ?? resource, withValue(resource.object, place, next));
}

function withObject(resource: Resource, value: Value | undefined): Resource {
  const { apiVersion, kind } = resource.object;
  if (!isMapping(value)) return resource;
  const object = { ...value, apiVersion, kind };
  return { ...resource, object: withShared(resource.object, object, resource.shared) };
}
