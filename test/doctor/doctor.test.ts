import { checks } from '../../lib/doctor/checks.ts';
import { examine } from '../../lib/doctor/doctor.ts';
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

test('everything is well', async () => {
  expect(await ills(healthy())).toEqual([]);
  const { isApplied, groups } = await examine(subjectOf(), living(healthy()));
  expect(isApplied).toBe(true);
  expect(
    groups.map(({ id, findings }) => `${id}: ${findings.map(({ message }) => message).join(' ')}`),
  ).toMatchSnapshot();
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
  const { paths, secrets } = healthy();
  const hidden = (all: object) =>
    Object.fromEntries(Object.keys(all).map((key) => [key, 'forbidden' as const]));
  const told = await ills({ paths: hidden(paths), secrets: hidden(secrets) });
  expect(told.filter((line) => !line.includes(': unseen: '))).toEqual([]);
  expect(told.length).toBeGreaterThan(15);
});
