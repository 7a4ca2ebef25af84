import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { type Fields, knownFields } from '../../../manifests/known-fields.ts';
import { nameOf } from '../../../manifests/name.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { reach } from '../../../manifests/views/reach.ts';
import { nearest } from '../../../text/nearest.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { immichsKustomizations } from '../../views/immichs-database.ts';

export const unknownField: Rule = {
  id: 'unknown-field',
  severity: 'error',
  whose: 'upstream',
  meaning: 'An object of CloudNativePG, Barman or Flux has a field that its kind does not know.',
  why: 'Kubernetes refuses an object with a field that the definition of its kind does not have, and Flux then applies nothing of the whole Kustomization. Where the check is switched off the field is dropped without a word, and what it was to say, such as how long backups are kept, never holds.',
  url: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  limits:
    'The fields are those of the definitions that this program was made with. A newer operator may know more, so that a field without a near name is only likely wrong. Of the pod template of a Pooler only the fields of the pod and of its containers are known.',
  examples: {
    good: documents(
      cluster(`bootstrap:
  initdb: { database: immich, owner: immich }`),
    ),
    broken: { 'owner: immich': 'ownr: immich' },
  },
  check(inventory, report) {
    for (const object of [...databaseObjects(inventory), ...immichsFluxObjects(inventory)]) {
      const fields = knownFields(object) ?? {};
      const { kind } = object.manifest.object;
      const isOfFlux = reach(inventory, object.manifest).flux.length > 0;
      for (const { field, name, siblings } of unknownIn(object, fields)) {
        const path = [...field.path.slice(0, -1), name].join('.');
        const near = nearest(name, siblings) ?? siblings.find((one) => isShortFor(name, one));
        const elsewhere = near === undefined ? placeOf(name, fields) : undefined;
        report(field, {
          message: `${kind} ${quote(nameOf(object))} has a field ${quote(path)}, which its kind does not know; Kubernetes refuses the object${isOfFlux ? ', and Flux applies nothing of its Kustomization' : ''}.`,
          fix:
            near !== undefined
              ? `Write ${near}.`
              : elsewhere !== undefined
                ? `Leave it out, or move it to ${elsewhere}.`
                : 'Leave it out.',
          // A version that is newer than the definition this program has may know it.
          ...(inventory.complete || near !== undefined || elsewhere !== undefined
            ? {}
            : { severity: 'warning' }),
        });
      }
    }
  },
};

/** Whether one name begins like another: `pluginConfig` for `pluginConfiguration`. */
function isShortFor(name: string, other: string): boolean {
  return name.length > 3 && (other.startsWith(name) || name.startsWith(other));
}

const kinds = [
  'Backup',
  'Cluster',
  'ClusterImageCatalog',
  'Database',
  'DatabaseRole',
  'ImageCatalog',
  'Pooler',
  'ScheduledBackup',
];

/** Everything that CloudNativePG and its Barman plugin read. */
function databaseObjects(inventory: Inventory): Field[] {
  return [
    ...kinds.flatMap((kind) => inventory.all('postgresql.cnpg.io', kind)),
    ...inventory.all('barmancloud.cnpg.io', 'ObjectStore'),
  ];
}

/** What Flux applies Immich and its database by. */
function immichsFluxObjects(inventory: Inventory): Field[] {
  const kustomizations = immichsKustomizations(inventory);
  const files = new Set([...immich(inventory).workloads].map(({ manifest }) => manifest.file));
  const releases = inventory
    .all('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter(({ manifest }) => inventory.complete || files.has(manifest.file));
  return [
    ...inventory
      .all('kustomize.toolkit.fluxcd.io', 'Kustomization')
      .filter(({ manifest }) => inventory.complete || kustomizations.has(manifest)),
    ...releases,
    ...sourcesOf(inventory, releases),
  ];
}

const sources = ['Bucket', 'GitRepository', 'HelmChart', 'HelmRepository', 'OCIRepository'];

/** What releases take their charts from. */
function sourcesOf(inventory: Inventory, releases: readonly Field[]): Field[] {
  const named = new Set(
    releases
      .flatMap((one) => [one.at('spec', 'chart', 'spec', 'sourceRef'), one.at('spec', 'chartRef')])
      .map((reference) => `${reference.at('kind').text}/${reference.at('name').text}`),
  );
  return sources.flatMap((kind) =>
    inventory
      .all('source.toolkit.fluxcd.io', kind)
      .filter((source) => inventory.complete || named.has(`${kind}/${nameOf(source)}`)),
  );
}

interface UnknownField {
  readonly field: Field;
  readonly name: string;
  /** What may stand beside it. */
  readonly siblings: readonly string[];
}

function unknownIn(field: Field, fields: Fields): UnknownField[] {
  const any = fields['*'];
  const siblings = Object.keys(fields);
  if (siblings.length === 0) return [];
  if (field.items.length > 0) return field.items.flatMap((item) => unknownIn(item, fields));
  return field.entries.flatMap(([name, below]) => {
    const known = any ?? (Object.hasOwn(fields, name) ? fields[name] : undefined);
    if (known !== undefined) return unknownIn(below, known);
    return isSpeakingOfField(name, below) ? [{ field: below, name, siblings }] : [];
  });
}

/**
 * Whether a name was meant as a field: not what sops adds and takes away, what patches do, or what is not known. Null
 * is nothing.
 */
function isSpeakingOfField(name: string, field: Field): boolean {
  return field.exists && !isUnknown(name) && !/^(sops|status|\$.*|x-.*|<<)$/.test(name);
}

/** The one place of a kind that knows a field of this name; undefined where there are several, or none. */
function placeOf(name: string, fields: Fields): string | undefined {
  const [place, another] = placesOf(name, fields);
  return another === undefined ? place : undefined;
}

function placesOf(name: string, fields: Fields): string[] {
  return Object.entries(fields).flatMap(([key, below]) => [
    ...(key === name ? [key] : []),
    ...placesOf(name, below).map((place) => `${key}.${place}`),
  ]);
}
