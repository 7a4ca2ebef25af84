import { Field } from '../manifests/field.ts';
import type { Manifest, Value } from '../manifests/manifest.ts';

/** An answer of the API server, read as manifests are: what is not there is undefined. */
export function live(value: Value): Field {
  return new Field(nowhere, [], value);
}

/** The objects of a list. */
export function liveItems(value: Value): Field[] {
  return live(value).at('items').items;
}

/** A condition of a living object; undefined where it has none of this type. */
export function conditionOf(object: Field, type: string): Field | undefined {
  return object.at('status', 'conditions').items.find((condition) => condition.at('type').text === type);
}

const nowhere: Manifest = {
  file: '',
  object: { apiVersion: '', kind: '' },
  comments: [],
  position: () => undefined,
};
