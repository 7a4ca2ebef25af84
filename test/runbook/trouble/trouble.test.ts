import { parseInstallation } from '../../../lib/installation/parse.ts';
import { planOf } from '../../../lib/plan/plan.ts';
import { runbookOf } from '../../../lib/runbook/runbook.ts';
import { others } from '../../doctor/others.ts';
import { shippedTexts } from '../../installation/example.ts';
import { blocksOf } from '../procedures.ts';

const chapters = [
  'Something does not work',
  'Once, after the first start',
  'Uploads fail',
  'The mobile app does not connect',
  'Machine learning does not work',
  'Search finds nothing',
  'A page is slow',
  'The database cannot be reached',
  'A volume is nearly full',
  'The certificate is old',
  'A layer of Flux is not ready',
  'Logs',
  'Storage and resources',
  'Scaling',
];

const withoutModels = others.replace('  models: { storageClass: longhorn, size: 10Gi }\n', '');
const gateway = /\n {2}gateway: .*\n/;
const clients = 'network: { clients: [{ from: { namespace: proxy }, why: the proxy }] }\n';

const installations: readonly (readonly [name: string, text: string])[] = [
  ...Object.entries(shippedTexts),
  ['a Gateway, a card and programs of others', others],
  ['no machine learning', withoutModels.replace('{ gpu: nvidia }', 'none')],
  [
    'machine learning elsewhere',
    withoutModels.replace('{ gpu: nvidia }', '{ remote: ["http://192.0.2.20:3003"] }'),
  ],
  ['an Ingress', others.replace(gateway, '\n  ingress: { class: nginx }\n')],
  [
    'Tailscale',
    others
      .replace(gateway, '\n  tailscale: { hostname: photos }\n')
      .replace('others.example.com', 'photos.tail1a2b3.ts.net'),
  ],
  ['no door', `${others.replace(gateway, '\n  none: {}\n')}${clients}`],
  ['a database elsewhere', others.replace('postgres.shared.svc', 'db.example.com')],
  ['an Immich before 2.5', others.replace('v3.3.1', 'v2.4.1')],
  ['an Immich that sleeps', `stopped: true\n${others}`],
];

function runbookFrom(text: string): string {
  const { installation, problems } = parseInstallation('installations/x.yaml', text);
  if (installation === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return runbookOf(planOf(installation), 'installations/x.yaml');
}

function chapterOf(runbook: string, title: string): string {
  return runbook.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** Kinds that Kubernetes itself has, whose names nobody else takes on a command line. */
const ofKubernetes =
  /^(pods?|pvc|pv|services?|events|nodes?|namespaces?|secrets?|configmaps?|deployments?|jobs?|cronjobs?)(\/|$)/;

describe.each(installations)('%s', (name, text) => {
  const runbook = runbookFrom(text);
  const own = chapters.filter((chapter) => name !== 'no machine learning' || !chapter.startsWith('Machine'));

  test('has each chapter on trouble, without a gap in a sentence', () => {
    for (const chapter of own) expect(runbook).toContain(`\n## ${chapter}\n`);
    expect(runbook).not.toMatch(/undefined|NaN|\[object/);
    expect(runbook.includes('## Machine learning does not work')).toBe(name !== 'no machine learning');
  });

  test('each command is one that can be copied: a known program, names filled in, kinds with their group', () => {
    const lines = own.flatMap((chapter) =>
      blocksOf(runbook, chapter).flatMap(({ text }) => text.split('\n')),
    );
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      expect(line).toMatch(/^(kubectl|npx immich-cdk8s|curl|openssl) /);
      expect(line).not.toMatch(/<[a-z ]+>|\.\.\.$/);
      for (const [, verb = '', kinds = ''] of line.matchAll(
        /kubectl(?: --context \S+)? (get|describe) (\S+)/g,
      )) {
        const bare = kinds.split(',').filter((kind) => !kind.includes('.') && !ofKubernetes.test(kind));
        expect({ line, verb, bare }).toEqual({ line, verb, bare: [] });
      }
    }
  });

  test('in the context of the cluster that it is about, where there are two', () => {
    const isSplit = text.includes('clusters:');
    const said = own.map((chapter) => chapterOf(runbook, chapter)).join('\n');
    const commands = [...said.matchAll(/kubectl (?:get|describe|logs|exec|top|rollout|annotate) [^\n`]*/g)];
    const plain = commands.map(([command]) => command);
    expect(commands.length > 0 || isSplit).toBe(true);
    expect(isSplit ? plain : []).toEqual([]);
  });
});

test('what others run is asked of others, and what Immich lacks is not spoken of', () => {
  const chapter = (text: string, title: string) => chapterOf(runbookFrom(text), title);
  expect(chapter(others, 'The database cannot be reached')).toContain(
    'kubectl get endpointslices.discovery.k8s.io --namespace shared --selector kubernetes.io/service-name=postgres',
  );
  const elsewhere = others.replace('postgres.shared.svc', 'db.example.com');
  expect(chapter(elsewhere, 'The database cannot be reached')).not.toContain('endpointslices');
  expect(chapter(others, 'Uploads fail')).toContain('`valkey.example.com:6379`');
  expect(chapter(others, 'Logs')).not.toContain('deployment/immich-valkey');
  expect(chapter(others, 'Search finds nothing')).not.toContain('The count is 0');
  expect(chapter(others, 'Once, after the first start')).toContain('server: { allowSetup: true }');
  expect(chapter(others.replace('v3.3.1', 'v2.4.1'), 'Once, after the first start')).not.toContain(
    'allowSetup',
  );
});
