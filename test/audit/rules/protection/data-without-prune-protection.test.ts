import { audit } from '../../../../lib/audit/audit.ts';
import { documents, server } from '../../../../lib/audit/examples.ts';
import { dataWithoutPruneProtection } from '../../../../lib/audit/rules/protection/data-without-prune-protection.ts';
import { filesOf } from '../../../../lib/files/texts.ts';
import { readRepository } from '../../../../lib/repository/repository.ts';
import { said } from '../said.ts';

const flux = `# ks.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: photos, namespace: flux-system }
spec: { path: ./app, prune: true, force: true }`;
const mounted = server(
  'volumeMounts: [{ name: library, mountPath: /data }]',
  'volumes: [{ name: library, persistentVolumeClaim: { claimName: photos } }]',
);
const claim = (spec: string) => `# app/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }
spec: ${spec}`;
const volume = (spec: string) => `# app/volume.yaml
apiVersion: v1
kind: PersistentVolume
metadata: { name: photos }
spec: ${spec}`;
const storageClass = (policy: string) => `# class.yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: driver.longhorn.io
reclaimPolicy: ${policy}`;

const found = ['warning metadata.name'];

describe.each([
  ['a claim of a class', [claim('{ storageClassName: fast }')], true],
  ['a claim of a class that deletes', [claim('{ storageClassName: fast }'), storageClass('Delete')], true],
  ['a claim of a class that retains', [claim('{ storageClassName: fast }'), storageClass('Retain')], false],
  ['a claim of a volume made by hand elsewhere', [claim('{ volumeName: nas }')], false],
  ['a claim of no class', [claim('{ storageClassName: "" }')], false],
  [
    'a claim of a volume that is deleted',
    [
      claim('{ volumeName: photos }'),
      volume('{ persistentVolumeReclaimPolicy: Delete, csi: { driver: a } }'),
    ],
    true,
  ],
  [
    'a claim of a retained volume',
    [claim('{ volumeName: photos }'), volume('{ csi: { driver: a } }')],
    false,
  ],
  [
    'a claim that a volume asks for',
    [claim('{}'), volume('{ claimRef: { name: photos, namespace: immich }, nfs: { server: nas, path: / } }')],
    false,
  ],
  [
    'a network share, whatever its policy',
    [
      claim('{ volumeName: photos }'),
      volume('{ persistentVolumeReclaimPolicy: Delete, nfs: { server: nas, path: / } }'),
    ],
    false,
  ],
])('%s', (_, objects, isLost) => {
  const all = documents(flux, `# app/server.yaml\n${mounted}`, ...objects);
  test('is deleted with its data, or not', () => {
    const said1 = said('data-without-prune-protection', all);
    expect([...new Set(said1)]).toEqual(isLost ? found : []);
    expect(said('force-on-data', all)).toEqual(isLost ? ['warning spec.force'] : []);
  });
});

test('the claim of another application is not ours to judge, nor is force on it', () => {
  const other = claim('{ storageClassName: fast }').replaceAll('photos', 'music');
  const all = documents(flux, `# app/server.yaml\n${mounted}`, other);
  expect(said('data-without-prune-protection', all)).toEqual([]);
  expect(said('force-on-data', all)).toEqual([]);
  expect(said('data-without-prune-protection', all, { complete: true })).toEqual(['error metadata.name']);
});

test('a Kustomization that does not list the claim does not delete it', () => {
  const list = `# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [server.yaml]`;
  const all = documents(flux, list, `# app/server.yaml\n${mounted}`, claim('{ storageClassName: fast }'));
  expect(said('data-without-prune-protection', all)).toEqual([]);
});

test('a database that is only likely that of Immich holds data too, one of somebody else does not', () => {
  const database = (name: string) => `# app/database.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: ${name}, namespace: databases }
spec: { instances: 1 }`;
  const tell = (name: string) =>
    said(
      'data-without-prune-protection',
      documents(flux, database(name), `# app/server.yaml\n${server('')}`),
    );
  expect(tell('immich-16')).toEqual(found);
  expect(tell('chat')).toEqual([]);
});

test('a namespace that Kubernetes never deletes', () => {
  const inNamespace = (name: string) =>
    documents(
      flux,
      `# app/namespace.yaml\napiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`,
      `# app/server.yaml\n${mounted.replaceAll('namespace: immich', `namespace: ${name}`)}`,
    );
  expect(said('data-without-prune-protection', inNamespace('photos'))).toEqual(found);
  expect(said('data-without-prune-protection', inNamespace('default'))).toEqual([]);
});

test('the Flux Kustomization that is named is the one whose variables made the claim', () => {
  const application = (name: string) => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./apps/${name}
  prune: true
  targetNamespace: immich
  components: [../../parts/claim]
  postBuild: { substitute: { APP: ${name} } }
`;
  const kustomization = (resource: string) =>
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resource}]\n`;
  const files = {
    'flux/music.yaml': application('music'),
    'flux/photos.yaml': application('photos'),
    'apps/music/kustomization.yaml': kustomization('config.yaml'),
    'apps/music/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: music }\n',
    'apps/photos/kustomization.yaml': kustomization('server.yaml'),
    'apps/photos/server.yaml': mounted,
    'parts/claim/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [claim.yaml]\n',
    'parts/claim/claim.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: "\${APP}" }
spec: { storageClassName: fast }
`,
  };
  const { inventory } = readRepository(filesOf('repository', new Map(Object.entries(files))));
  const messages = audit(inventory, [dataWithoutPruneProtection]).map(({ message }) => message);
  expect(messages).toEqual([
    'Flux Kustomization "photos" prunes, so PersistentVolumeClaim "photos" is deleted with its data as soon as this file is renamed, moved or removed.',
  ]);
});

describe('by Argo CD', () => {
  const application = (policy: string) => `# argocd/photos.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: photos, namespace: argocd }
spec: { source: { repoURL: https://git.example.com/home, path: app }, syncPolicy: { ${policy} } }`;
  const pruning = application('automated: { prune: true }');
  const held = claim('{ storageClassName: fast }');
  const told = (annotation: string) =>
    held.replace('namespace: immich }', `namespace: immich, annotations: { ${annotation} } }`);

  test.each<[string, string, string, string[]]>([
    ['one that prunes', pruning, held, found],
    ['one that does not', application('automated: { selfHeal: true }'), held, []],
    ['one that is switched off', application('automated: { prune: true, enabled: false }'), held, []],
    ['one that people sync', application('syncOptions: [CreateNamespace=true]'), held, []],
    [
      'a claim that is kept',
      pruning,
      told('argocd.argoproj.io/sync-options: "Delete=false,Prune=false"'),
      [],
    ],
    ['a claim that is asked about', pruning, told('argocd.argoproj.io/sync-options: Prune=confirm'), []],
    ['a claim that Helm keeps', pruning, told('helm.sh/resource-policy: keep'), []],
    ['a claim that Flux would keep', pruning, told('kustomize.toolkit.fluxcd.io/prune: disabled'), found],
    ['another folder', pruning.replace('path: app', 'path: other'), held, []],
  ])('%s', (_, root, object, expected) => {
    const files = new Map(
      documents(root, object, `# app/server.yaml\n${mounted}`)
        .split(/^---\n/m)
        .map((text) => [/^# (\S+)/m.exec(text)?.[1] ?? 'other.yaml', text]),
    );
    const { inventory } = readRepository(filesOf('.', files));
    expect(
      audit(inventory, [dataWithoutPruneProtection]).map(
        ({ severity, path }) => `${severity} ${path.join('.')}`,
      ),
    ).toEqual(expected);
  });
});
