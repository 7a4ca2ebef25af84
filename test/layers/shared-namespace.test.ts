import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, errorsIn, home, k3s, warningsIn } from '../installation/example.ts';

const shared = (text: string, namespace: string) =>
  edited(text, ['host: photos', `namespace: ${namespace}\nsharedNamespace: true\nhost: photos`]);
const named = (text: string) =>
  edited(text, ['      s3:', '      drill: { namespace: photos-drill }\n      s3:']);

function objectsOf(text: string) {
  const { clusters, problems, findings } = synthesize(new Map([['installations/x.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return clusters.flatMap(({ manifests }) => manifests.map(({ object, file }) => ({ object, file })));
}

describe('a namespace of others', () => {
  const objects = objectsOf(named(shared(home, 'default')));
  const inside = objects.filter(({ object }) => object.metadata?.namespace === 'default');

  test('is neither made nor labelled', () => {
    const namespaces = objects.filter(({ object }) => object.kind === 'Namespace');
    expect(namespaces.map(({ object }) => object.metadata?.name)).toEqual(['photos-drill']);
  });

  test('has policies for pods of Immich alone', () => {
    const policies = inside.filter(({ object }) => object.kind === 'NetworkPolicy');
    expect(policies.length).toBeGreaterThan(3);
    const texts = policies.map(({ object }) => JSON.stringify(object));
    expect(texts.filter((text) => text.includes('"podSelector":{}'))).toEqual([]);
    expect(texts.filter((text) => text.includes('acme'))).toEqual([]);
  });

  test('without policies has no layer for them, and nothing waits for one', () => {
    const all = objectsOf(
      named(edited(shared(home, 'default'), ['route:', 'network: { policies: false }\nroute:'])),
    );
    expect(all.filter(({ file }) => file.includes('/namespace/'))).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('immich-home-namespace');
  });

  test('needs a name for that of the drill', () => {
    expect(errorsIn(shared(home, 'media'))).toEqual([
      expect.stringContaining(
        'the restore drill makes a namespace of its own. Name it: drill: { namespace: media-drill }.',
      ),
    ]);
    expect(errorsIn(named(shared(home, 'media')))).toEqual([]);
    expect(errorsIn(named(shared(home, 'kube-system')))).toEqual(
      [expect.stringContaining('belongs to the cluster itself'), expect.anything()].slice(0, 1),
    );
  });
});

test('a namespace with another name is asked about, once', () => {
  const other = edited(home, ['host: photos', 'namespace: photos\nhost: photos']);
  const asked = (text: string) => warningsIn(text).filter((line) => line.includes('other programs live'));
  expect(asked(other)).toHaveLength(1);
  expect(asked(edited(other, ['namespace: photos', 'namespace: photos\nsharedNamespace: false']))).toEqual(
    [],
  );
  expect(asked(named(shared(home, 'media')))).toEqual([]);
  expect(asked(home)).toEqual([]);
});

test('a database of others beside Immich is told one thing at a time', () => {
  const beside = (shared: string) =>
    edited(
      k3s,
      ['postgres-cluster-rw.database.svc.cluster.local', 'pg.media.svc.cluster.local'],
      ['namespace: app-internal\n', `namespace: media\n${shared}`],
    );
  const told = (text: string) => [
    ...errorsIn(text),
    ...warningsIn(text).filter((one) => one.includes('namespace')),
  ];
  for (const shared of ['', 'sharedNamespace: false\n']) {
    expect(told(beside(shared))).toEqual([
      expect.stringContaining('Write sharedNamespace: true, since the database'),
    ]);
  }
  expect(told(beside('sharedNamespace: true\n'))).toEqual([
    expect.stringContaining('to: { namespace: media, labels: { app: pg } }, ports: [5432]'),
  ]);
});
