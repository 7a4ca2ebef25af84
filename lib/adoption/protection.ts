import { nameOfManifest } from '../changes/pairs.ts';
import { clusterLabel } from '../cnpg/names.ts';
import { keptByArgoCD } from '../kubernetes/argocd.ts';
import { keptAnnotations, keptByHelm } from '../kubernetes/data.ts';
import { originOf } from '../manifests/derived.ts';
import type { Field } from '../manifests/field.ts';
import { nameOf } from '../manifests/name.ts';
import { placeOf } from './manifests/place.ts';
import { isWrittenOut } from './manifests/subject.ts';
import type { Today } from './today.ts';

/** What the first of two commits puts on one object, so that the second cannot take its data along. */
export interface Protection {
  /** As `PersistentVolumeClaim photos/photos`. */
  readonly object: string;
  /** The place to write it at. */
  readonly from: string;
  /** Where below that place it goes, in words. */
  readonly where: string;
  /** The lines. */
  readonly lines: readonly string[];
}

type Guards = readonly (readonly [annotation: string, value: string])[];

/** What keeps an object from those who may apply it: Argo CD obeys an annotation of its own, and Flux another. */
export function guardsOf({ isByArgoCD }: Pick<Today, 'isByArgoCD'>): Guards {
  return Object.entries({ ...keptAnnotations, ...keptByHelm, ...(isByArgoCD ? keptByArgoCD : {}) });
}

/** The first commit: protection, and nothing else. What is protected already is left out. */
export function protectionsFor(today: Today): Protection[] {
  return [
    ...droppingDatabases(today).map(withoutDropping),
    ...today.holders.flatMap((holder) => annotationsOf(holder, guardsOf(today))),
  ];
}

/** Database objects that take the database along when they go: https://cloudnative-pg.io/documentation/current/declarative_database_management/ */
export function droppingDatabases({ others }: Today): Field[] {
  return others.filter(
    (one) => one.manifest.object.kind === 'Database' && one.get('spec', 'databaseReclaimPolicy') === 'delete',
  );
}

function withoutDropping(database: Field): Protection {
  return {
    object: nameOfManifest(database.manifest),
    from: placeOf(database.at('spec', 'databaseReclaimPolicy')),
    where: 'in place of databaseReclaimPolicy',
    lines: ['databaseReclaimPolicy: retain'],
  };
}

function annotationsOf(holder: Field, annotations: Guards): Protection[] {
  const missing = annotations.filter(
    ([name, value]) => holder.at('metadata', 'annotations', name).text !== value,
  );
  if (missing.length === 0) return [];
  const name = nameOfManifest(holder.manifest);
  if (isWrittenOut(holder.manifest)) {
    const there = holder.at('metadata', 'annotations').exists;
    const lines = missing.map(([key, value]) => `${key}: ${value}`);
    return [
      {
        object: name,
        from: placeOf(holder.at('metadata')),
        where: there ? 'below metadata.annotations' : 'below metadata',
        lines: there ? lines : ['annotations:', ...lines.map((line) => `  ${line}`)],
      },
    ];
  }
  const { path } = originOf(holder.manifest, []);
  return [
    {
      object: name,
      from: placeOf(holder),
      where: `below ${path.length === 0 ? 'the values of this claim' : path.slice(-2).join('.')}`,
      // https://github.com/bjw-s-labs/helm-charts: retain sets helm.sh/resource-policy.
      lines: ['retain: true', 'annotations:', ...missing.map(([key, value]) => `  ${key}: ${value}`)],
    },
  ];
}

/** A manifest as it is after the first commit. */
export function protectedManifest(field: Field, annotations: Guards): Field['manifest'] {
  const { manifest } = field;
  const { object } = manifest;
  return {
    ...manifest,
    object: {
      ...object,
      metadata: {
        ...object.metadata,
        annotations: { ...object.metadata?.annotations, ...Object.fromEntries(annotations) },
      },
    },
  };
}

/** Commands that keep the volumes behind claims, whatever happens to these. */
export function retainCommands({ holders }: Today): string[] {
  const claims = holders.filter(({ manifest }) => manifest.object.kind === 'PersistentVolumeClaim');
  const databases = holders.filter(({ manifest }) => manifest.object.kind === 'Cluster');
  const namespaceOf = (field: Field) => field.at('metadata', 'namespace').text ?? 'default';
  const listed = [
    ...[...new Set(claims.map(namespaceOf))].map(
      (namespace) =>
        `kubectl get persistentvolumeclaim --namespace ${namespace} ${claims
          .filter((one) => namespaceOf(one) === namespace)
          .map(nameOf)
          .join(' ')} ${volumeNames}`,
    ),
    ...databases.map(
      (one) =>
        `kubectl get persistentvolumeclaim --namespace ${namespaceOf(one)} --selector ${clusterLabel}=${nameOf(one)} ${volumeNames}`,
    ),
  ];
  return listed.map(
    (command) => `${command} |\n  xargs --no-run-if-empty kubectl patch persistentvolume --patch '${retain}'`,
  );
}

// One name a line, as a List has it for several and for one alike.
const volumeNames = `--output custom-columns=:.spec.volumeName --no-headers`;
const retain = '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}';
