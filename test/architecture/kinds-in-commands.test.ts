import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The kinds of Kubernetes itself, which no operator can take the name of: the API server's own groups stand first. */
const ownKinds = new Set(
  [
    'pod pods pvc persistentvolumeclaim persistentvolumeclaims pv persistentvolume persistentvolumes',
    'storageclass storageclasses ingressclass ingressclasses namespace namespaces node nodes event events',
    'secret secrets configmap configmaps service services endpointslices networkpolicies job jobs',
    'deployment deployments daemonset daemonsets statefulset statefulsets poddisruptionbudgets',
    'crd customresourcedefinitions serviceaccount serviceaccounts',
  ].flatMap((line) => line.split(' ')),
);

/** What stands where a kind does in commands of kubectl: `backups.postgresql.cnpg.io`, `pods,pvc`, `job/import`. */
function kindsIn(text: string): string[] {
  const verbs = 'get|describe|annotate|patch|wait|delete|label|edit';
  return [...text.matchAll(new RegExp(`kubectl[^\`"'|\\n]{0,40}? (?:${verbs}) +([a-zA-Z][a-zA-Z.,-]*)`, 'g'))]
    .flatMap(([, kinds = '']) => kinds.split(','))
    .filter((kind) => kind !== '');
}

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => `${folder}/${path}`);
}

// With Longhorn installed `backup` is one of Longhorn, and no backup of the database.
test.each([
  'README.md',
  ...filesBelow('docs', /\.md$/),
  ...filesBelow('dist', /\.md$/),
  ...filesBelow('lib', /\.ts$/),
  ...filesBelow('cli', /\.ts$/),
])('commands in %s name kinds of operators with their group', (file) => {
  const bare = kindsIn(readFileSync(join(root, file), 'utf8')).filter(
    (kind) => !kind.includes('.') && !ownKinds.has(kind),
  );
  expect(bare).toEqual([]);
});

test('a kind without its group is seen, and none of Kubernetes', () => {
  expect(kindsIn('`kubectl --context home get backup --namespace immich`, kubectl get pods,pvc')).toEqual([
    'backup',
    'pods',
    'pvc',
  ]);
  expect(ownKinds.has('backup')).toBe(false);
});
