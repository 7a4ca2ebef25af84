import { checks } from '../../lib/doctor/checks.ts';
import { examine } from '../../lib/doctor/doctor.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { shippedTexts } from '../installation/example.ts';
import { healthy } from './healthy.ts';
import { living, subjectOf } from './living.ts';

/** The findings that are not well. */
async function ills(cluster: Parameters<typeof living>[0]): Promise<string[]> {
  const { groups } = await examine(subjectOf(), living(cluster));
  return groups.flatMap(({ id, findings }) =>
    findings
      .filter(({ state }) => state !== 'well')
      .map(({ state, message }) => `${id}: ${state}: ${message}`),
  );
}

test('everything is well, and says what it saw', async () => {
  expect(await ills(healthy())).toEqual([]);
  const { isApplied, groups } = await examine(subjectOf(), living(healthy()));
  expect(isApplied).toBe(true);
  const said = new Map(groups.map(({ id, findings }) => [id, findings.map(({ message }) => message)]));
  // All of them but what the installation has no use for.
  const silent = checks.map(({ id }) => id).filter((id) => !said.has(id));
  expect(silent).toEqual([
    ...['decryption', 'references', 'named-hosts', 'protection', 'snapshot-classes', 'placement'],
    ...['dump-import', 'file-backups', 'file-drill', 'door', 'leftovers'],
  ]);
  expect(said.get('operators')).toEqual([
    'The CloudNativePG operator 1.30.1 runs.',
    'The Barman Cloud plugin is beside the operator, in cnpg-system.',
  ]);
  expect(said.get('peers')).toEqual([
    'In kube-system: Traefik.',
    'In cnpg-system: the CloudNativePG operator.',
  ]);
  expect(said.get('database')?.[0]).toBe(
    'Cluster immich/immich-db runs with 2 of 2 instances; immich-db-1 is the primary. It archives.',
  );
  expect(said.get('claims')?.[0]).toBe('immich-library is 40 % full.');
  expect(said.get('base-backups')).toEqual([
    'The last base backup was made 9 hours ago, at 2026-11-26T03:01:00Z. A restore can go back to 2026-10-27T03:00:10Z.',
  ]);
  expect(said.get('kubernetes')).toEqual(['The API server is v1.34.1, which has all that dist uses.']);
  expect(said.get('programs')?.[1]).toBe(
    'Cert-manager 1.20.0 runs, as cert-manager/cert-manager-controller.',
  );
  expect(said.get('database-inside')).toEqual([
    'Its replication slots have readers; the slowest keeps 16 MiB of write-ahead log.',
    'immich takes 3 GiB, and the write-ahead log 512 MiB, of 20Gi.',
    'Its 1 extensions are of the versions that the image brings.',
    'The indexes clip_index and face_index are valid.',
  ]);
  expect(said.get('drill')).toEqual(['A drill succeeded 4 days ago, at 2026-11-22T05:00:00Z.']);
  expect(said.get('certificates')).toEqual([
    'Certificate immich/immich holds for 61 days, until 2027-01-26T12:00:00Z.',
  ]);
  expect(said.get('objects')?.join()).toMatch(/^[1-9]\d+ objects are as in dist\.$/);
});

test('each check has an id of its own', () => {
  const ids = checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('before Flux knows it, only what it needs is looked at', async () => {
  const { paths } = healthy();
  const without = Object.fromEntries(
    Object.entries(paths).filter(([path]) => !path.includes('/namespaces/flux-system/kustomizations')),
  );
  const { isApplied, groups } = await examine(subjectOf(), living({ paths: without }));
  expect(isApplied).toBe(false);
  expect(groups.map(({ id }) => id)).not.toContain('pods');
  expect(groups[0]?.id).toBe('secrets');
});

test('where nothing may be seen, nothing follows', async () => {
  const { paths, secrets, queries } = healthy();
  const hidden = (all: object) =>
    Object.fromEntries(Object.keys(all).map((key) => [key, 'forbidden' as const]));
  const told = await ills({ paths: hidden(paths), secrets: hidden(secrets), queries: hidden(queries) });
  expect(told.filter((line) => !line.includes(': unseen: '))).toEqual([]);
  expect(told.length).toBeGreaterThan(15);
});

const everywhere = Object.entries(shippedTexts).flatMap(([name, text]) => {
  const { clusters } = subjectOf(text).plan.installation;
  return [...new Set([clusters.app, clusters.database])].map((cluster): [string, string, string] => [
    name,
    cluster,
    text,
  ]);
});

test.each(everywhere)(
  '%s in %s: what is told has no gap, whatever is there or not',
  async (_, cluster, text) => {
    const subject = subjectOf(text, cluster);
    const empty = Object.keys(healthy(subject).paths).map((path): [string, Value] => [path, { items: [{}] }]);
    for (const paths of [{}, healthy(subject).paths, Object.fromEntries(empty)]) {
      const { groups } = await examine(subject, living({ paths }));
      const lines = groups.flatMap(({ findings }) =>
        findings.flatMap(({ message, mend }) => [message, ...mend]),
      );
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.filter((line) => /undefined|NaN|\[object|null/.test(line))).toEqual([]);
    }
  },
);
