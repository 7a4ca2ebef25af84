import type { Path } from '../text/path.ts';
import type { Manifest, Value } from './manifest.ts';

/**
 * A value inside a manifest together with the way to it, whether or not it is there. Rules read manifests
 * through fields, so that whatever they find wrong can be shown at its exact place.
 */
export class Field {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly value: Value | undefined;

  constructor(manifest: Manifest, path: Path, value: Value | undefined) {
    this.manifest = manifest;
    this.path = path;
    this.value = value;
  }

  /** The whole object of a manifest. */
  static of(manifest: Manifest): Field {
    return new Field(manifest, [], manifest.object);
  }

  /** The field further down; its value is undefined when any step of the way is missing. */
  at(...way: (string | number)[]): Field {
    let value = this.value;
    for (const step of way) {
      value = child(value, step);
    }
    return new Field(this.manifest, this.path.concat(way), value);
  }

  /** The value below, without its place. */
  get(...way: (string | number)[]): Value | undefined {
    let value = this.value;
    for (const step of way) {
      value = child(value, step);
    }
    return value;
  }

  /** Whether the field is there and not null. */
  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The text of the value; undefined for anything but a string. */
  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** The value as a whole number, also when it was written as a text of digits. */
  get number(): number | undefined {
    if (typeof this.value === 'number') {
      return this.value;
    }
    return typeof this.value === 'string' && /^\d{1,15}$/.test(this.value) ? Number(this.value) : undefined;
  }

  /** The items of a list; none when the value is no list. */
  get items(): Field[] {
    const { value } = this;
    return isList(value)
      ? value.map((item, index) => new Field(this.manifest, this.path.concat(index), item))
      : [];
  }

  /** The entries of a mapping; none when the value is no mapping. */
  get entries(): [string, Field][] {
    const { value } = this;
    return isMapping(value)
      ? Object.entries(value).map(([key, entry]) => [
          key,
          new Field(this.manifest, this.path.concat(key), entry),
        ])
      : [];
  }

  /** The texts of a list of strings, or a mapping of strings as pairs would be in `labels`. */
  get texts(): string[] {
    return this.items.flatMap(({ text }) => (text === undefined ? [] : [text]));
  }

  /** A mapping of strings, as labels are; other values are left out. */
  get labels(): Readonly<Record<string, string>> {
    const labels: Record<string, string> = {};
    for (const [key, { text }] of this.entries) {
      if (text !== undefined) {
        labels[key] = text;
      }
    }
    return labels;
  }
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is a mapping. */
export function isMapping(
  value: Value | undefined,
): value is { readonly [field: string]: Value | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a text holds a variable that Flux fills in later, or what SOPS has encrypted, in whatever kind of object, so that nothing
 * can be said about it.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 * https://getsops.io/docs/#encryption-protocol
 */
export function isUnknown(text: string): boolean {
  return text.includes('${') || text.includes('{{') || text.startsWith('ENC[');
}

function child(value: Value | undefined, step: string | number): Value | undefined {
  if (typeof step === 'number') {
    return isList(value) ? value[step] : undefined;
  }
  return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
