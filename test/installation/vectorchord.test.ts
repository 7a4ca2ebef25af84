import { App, Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { PostgresDatabase } from '../../lib/components/postgres-database.ts';
import { problemText } from '../../lib/installation/parse.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfEdits, shown } from '../changes/judged.ts';
import { validateStrictly } from '../schemas/validate.ts';
import { edited, home } from './example.ts';

const bundled = 'image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const postgres = 'ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm';
const scratch = 'ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1';

/** A file with VectorChord as a volume. */
function apart(
  more = 'kubernetes: "1.35"',
  image = postgres,
  extension = scratch,
  operator = '1.30',
): string {
  return edited(home, [
    bundled,
    `image: ${image}\n    operator: "${operator}"\n    vectorchord: { image: "${extension}" }`,
  ]).concat(`${more}\n`);
}

function told(text: string) {
  const { problems, findings, files } = synthesize(new Map([['home.yaml', text]]));
  return { lines: problems.map(problemText), findings, files: files ?? new Map<string, string>() };
}

test('the Cluster is one by the definition of CloudNativePG, and an extension without a name is not', () => {
  const text = told(apart()).files.get('home/home/database/cluster.immich-db.yaml') ?? '';
  const cluster = parse(text);
  expect(validateStrictly(cluster)).toEqual([]);
  const [{ name: _, ...nameless }] = cluster.spec.postgresql.extensions;
  cluster.spec.postgresql.extensions = [nameless];
  expect(validateStrictly(cluster)).not.toEqual([]);
});

test('the image of VectorChord is mounted, in the database and in its drill, and the extension has its version', () => {
  const { lines, findings, files } = told(apart());
  expect(lines.join()).not.toContain('database.cnpg.vectorchord: ');
  expect(lines.join()).toContain(`database.cnpg.vectorchord.image (${scratch})`);
  expect(findings).toEqual([]);
  const extension = [
    'extensions:',
    '  - name: vchord',
    '    image:',
    `      reference: ${scratch}`,
    '    dynamic_library_path:',
    '      - /usr/lib/postgresql/18/lib',
    '    extension_control_path:',
    '      - /usr/share/postgresql/18/',
  ];
  for (const file of ['database/cluster.immich-db.yaml', 'drill/configmap.immich-drill.yaml']) {
    const text = (files.get(`home/home/${file}`) ?? '').replace(/\n +/g, '\n');
    expect(text).toContain(extension.map((line) => line.trim()).join('\n'));
    expect(text).toContain(`imageName: ${postgres}`);
    expect(text).toContain('- vchord.so');
  }
  expect(files.get('home/home/database/database.immich-db.yaml')).toContain('version: "1.1.1"');
});

test.each([
  [
    apart(''),
    'database.cnpg.vectorchord: An image volume needs Kubernetes 1.35, or 1.33 with the feature gate',
  ],
  [apart('kubernetes: "1.32"'), 'and the cluster has 1.32. Write an image with VectorChord in it'],
  [apart('kubernetes: "1.34"'), 'warning: database.cnpg.vectorchord: An image volume needs'],
  [apart(undefined, postgres, scratch, '1.26'), 'database.cnpg.operator: "1.26"'],
  [
    apart(undefined, 'ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm'),
    'has PostgreSQL 17.6, which looks for extensions',
  ],
  [apart(undefined, 'ghcr.io/cloudnative-pg/postgresql:18.4-minimal-bookworm'), 'lacks pgvector'],
  [
    apart(undefined, 'ghcr.io/tensorchord/cloudnative-vectorchord:18.4-1.1.1'),
    'has VectorChord 1.1.1 already. Remove vectorchord',
  ],
  [
    apart(undefined, undefined, 'ghcr.io/tensorchord/vchord-scratch:pg17-v1.1.1'),
    'is made for PostgreSQL 17, and image has 18',
  ],
  [
    apart(undefined, undefined, 'ghcr.io/tensorchord/vchord-scratch:latest'),
    'does not say which VectorChord it has',
  ],
  [
    apart(undefined, undefined, 'ghcr.io/tensorchord/vchord-scratch:pg18-v0.2.0'),
    'has VectorChord 0.2.0; Immich v3.3.1 starts with',
  ],
  [edited(home, [bundled, `image: ${postgres}`]), 'does not say which VectorChord it has'],
])('what cannot work is told', (text, message) => {
  const { lines } = told(text);
  expect(lines.join('\n')).toContain(message);
});

test.each([
  [
    'another VectorChord',
    apart(),
    [['pg18-v1.1.1', 'pg18-v1.1.2']],
    'steps home:database.cnpg.image:vectorchord:1.1.1->1.1.2',
  ],
  [
    'one that goes back',
    apart(),
    [['pg18-v1.1.1', 'pg18-v1.1.0']],
    'refused home:database.cnpg.image:vectorchord-downgrade:1.1.1->1.1.0',
  ],
] as const)('%s', (_what, base, edits, expected) => {
  expect(shown(changesOfEdits(base, ...edits.map(([from, to]): [string, string] => [from, to])))).toContain(
    expected,
  );
});

test('the construct has the volume too, and refuses what cannot work', () => {
  const make = (image: string) => {
    const chart = new Chart(new App(), 'chart');
    const storage = { storageClass: 'fast', size: '20Gi' };
    const cnpg = {
      image,
      vectorchord: { image: scratch },
      storage,
      backup: 'none',
      reason: 'a test',
    } as const;
    new PostgresDatabase(chart, 'database', { namespace: 'photos', version: 'v3.3.1', cnpg });
    return Testing.synth(chart).find(({ kind }) => kind === 'Cluster').spec.postgresql.extensions;
  };
  expect(make(postgres)).toEqual([
    expect.objectContaining({ name: 'vchord', image: { reference: scratch } }),
  ]);
  expect(() => make('ghcr.io/cloudnative-pg/postgresql:17.6-standard-bookworm')).toThrow(
    'has PostgreSQL 17.6',
  );
});
