import { isUnknown } from '../../../manifests/field.ts';
import type { MountView } from '../../../manifests/views/container.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { repositoryOf } from '../../../manifests/views/immich.ts';
import { mountAt } from '../../../manifests/views/mount-at.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { plainPostgres } from '../../views/plain-postgres.ts';

export const databaseNotKept: Rule = {
  id: 'database-not-kept',
  severity: 'error',
  whose: 'upstream',
  meaning: "Immich's PostgreSQL keeps its files where they go with its pod.",
  why: 'PostgreSQL writes to the folder that PGDATA names, /var/lib/postgresql/data in the images that Immich is used with. An emptyDir there, or a volume that is mounted somewhere else, means that the database is empty after the next restart of the pod on another node or with another image: albums, people, users and the list of all photos are gone.',
  url: 'https://github.com/docker-library/docs/blob/master/postgres/README.md#pgdata',
  limits:
    'Images of others, and PostgreSQL 18, keep their files in other folders; only an emptyDir is seen there.',
  examples: {
    good: documents(`apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-postgres, namespace: immich }
spec:
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: immich-postgres } }
    spec:
      containers:
        - name: postgres
          image: ghcr.io/immich-app/postgres:14-vectorchord0.4.3
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: immich-postgres } }]`),
    broken: { 'persistentVolumeClaim: { claimName: immich-postgres }': 'emptyDir: {}' },
  },
  check(inventory, report) {
    for (const { workload, container } of plainPostgres(inventory)) {
      const { mounts, image } = container;
      const told = environment(inventory, workload, container).get('PGDATA');
      const data = told === undefined ? standardFolder(image.text ?? '') : told.value;
      if (isJob(workload.kind) || data === undefined || isUnknown(data) || mounts.some(isUnread)) continue;
      const mount = mountAt(mounts, data);
      const volume = workload.volumes.find(({ name }) => name === mount?.volume);
      if (mount === undefined) {
        report(image, {
          message: `PostgreSQL keeps its files in ${data}, where no volume is mounted; they are gone with the pod.`,
          fix: `Mount a PersistentVolumeClaim at ${data}.`,
        });
      } else if (volume?.field.at('emptyDir').exists || volume?.field.at('ephemeral').exists) {
        report(mount.field, {
          message: `PostgreSQL keeps its files in ${data}, on a volume that is deleted with the pod.`,
          fix: 'Mount a PersistentVolumeClaim there.',
        });
      }
    }
  },
};

/** Where PostgreSQL keeps its files without being told; undefined where that is not known of an image. */
function standardFolder(image: string): string | undefined {
  const major = /:(?:pg)?(\d+)/.exec(image)?.[1];
  return isOfDocker(image) && major !== undefined && Number(major) < 18
    ? '/var/lib/postgresql/data'
    : undefined;
}

/** PostgreSQL's image of Docker, and those that are made from it. */
function isOfDocker(image: string): boolean {
  return /(^|library\/)postgres$|immich-app\/postgres$|tensorchord\/(pgvecto-rs|vchord-postgres)$|pgvector\/pgvector$/.test(
    repositoryOf(image),
  );
}

function isUnread({ path }: MountView): boolean {
  return isUnknown(path);
}

function isJob(kind: string): boolean {
  return kind === 'Job' || kind === 'CronJob';
}
