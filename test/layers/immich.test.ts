import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import type { Installation } from '../../lib/installation/installation.ts';
import { Immich } from '../../lib/layers/immich.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { installationOf } from '../components/built.ts';
import { edited, home, shippedTexts, tachtit } from '../installation/example.ts';

/** Objects by what tells them apart; the order of their keys is the writer's. */
const sorted = (objects: readonly ReturnType<typeof parse>[]) =>
  new Map(
    objects.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object]),
  );

/** What dist has for one cluster, without what is Flux's and kustomize's. */
function distOf(text: string, cluster: string) {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  return sorted(
    [...(files ?? [])].flatMap(([file, written]) =>
      file.split('/')[1] === cluster && !/\/flux\/|kustomization\.yaml$/.test(file) ? [parse(written)] : [],
    ),
  );
}

const objectsOf = (
  installation: ConstructorParameters<typeof Immich>[2]['installation'],
  cluster?: string,
) => {
  const chart = Testing.chart();
  new Immich(chart, 'immich', { installation, ...(cluster === undefined ? {} : { cluster }) });
  return sorted(Testing.synth(chart));
};

describe.each(Object.entries(shippedTexts))('%s', (_, text) => {
  const { clusters } = installationOf(text);

  test.each([...new Set([clusters.app, clusters.database])])('has the objects of dist for %s', (cluster) => {
    expect(objectsOf(text, cluster)).toEqual(distOf(text, cluster));
    expect(objectsOf(installationOf(text), cluster)).toEqual(distOf(text, cluster));
  });
});

test('says which Secrets must exist, and where a browser goes', () => {
  const immich = new Immich(Testing.chart(), 'immich', { installation: home });
  expect(immich.secrets.map(({ name }) => name)).toEqual(['immich-backup', 'immich-backup-read']);
  expect(immich.url).toBe('https://photos.example.com');
  expect(immich.cluster).toBe('home');
});

test('what is likely wrong in the text is kept for whoever prints it', () => {
  const warningsOf = (installation: string | Installation) =>
    new Immich(Testing.chart(), 'immich', { installation }).warnings;
  expect(warningsOf(edited(home, ['v3.3.1', 'v9.0.0'])).join('\n')).toMatch(
    /^Immich "immich":\d+:\d+: warning: version: "v9\.0\.0" is newer than /m,
  );
  expect(warningsOf(installationOf(home))).toEqual([]);
});

test('a cluster must be named where there are two, and be one of them', () => {
  expect(() => objectsOf(tachtit)).toThrow(/has two clusters\. Write cluster: "tachtit" or "tachtit-data"/);
  expect(() => objectsOf(tachtit, 'tachtit-dta')).toThrow(/"tachtit-dta" is no cluster of the installation/);
  expect(() => objectsOf(tachtit, 'tachtit-data')).not.toThrow();
});

test('a mistake in the text is told with its place', () => {
  expect(() => objectsOf(edited(home, ['500Gi', '500']))).toThrow(
    /^Immich "immich":\d+:\d+: volumes\.library\.size: /,
  );
});

test('two stand in one chart, each in its namespace', () => {
  const chart = Testing.chart();
  new Immich(chart, 'ours', { installation: home });
  new Immich(chart, 'theirs', {
    installation: edited(home, ['name: home', 'name: theirs\nnamespace: theirs']),
  });
  const names = Testing.synth(chart).map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );
  expect(names).toEqual([...new Set(names)]);
});
