import { list } from '../schema/list.ts';
import { text } from '../schema/scalar.ts';
import { quote, refuse, understand } from '../values/parsed.ts';

/** An object that others make. */
export interface ObjectOfOthers {
  readonly kind: string;
  readonly name: string;
  /** Its namespace; that of Immich, or none, where it is not said. */
  readonly namespace: string | undefined;
}

const form = /^([A-Z][A-Za-z0-9]*)\/(?:([a-z0-9][-a-z0-9]*)\/)?([a-z0-9][-a-z0-9.:]*)$/;

/** `Secret/immich-db`, or `Secret/auth/login` in another namespace. */
export const exists = list(
  text<ObjectOfOthers>(
    (written) => {
      const [, kind, namespace, name] = form.exec(written) ?? [];
      return kind === undefined || name === undefined
        ? refuse(
            `${quote(written)} names no object. Write its kind and name, such as ConfigMap/immich-tuning, with the namespace between where it is in another one.`,
          )
        : understand({ kind, name, namespace });
    },
    { pattern: form.source, examples: ['ConfigMap/immich-tuning'] },
  ),
);

/** Whether others make an object. */
export function isOfOthers(
  { exists, namespace: own }: { readonly exists: readonly ObjectOfOthers[]; readonly namespace: string },
  object: { readonly kind: string; readonly name: string; readonly namespace: string | undefined },
): boolean {
  return exists.some((one) => isSameObject(one, object, own));
}

/** Whether an entry is about an object. */
export function isSameObject(
  entry: ObjectOfOthers,
  {
    kind,
    name,
    namespace,
  }: { readonly kind: string; readonly name: string; readonly namespace: string | undefined },
  own: string,
): boolean {
  return (
    entry.kind === kind &&
    entry.name === name &&
    (entry.namespace === undefined
      ? namespace === undefined || namespace === own
      : entry.namespace === namespace)
  );
}
