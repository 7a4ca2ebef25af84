import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { audit } from '../../lib/audit/audit.ts';
import { server as serverOf } from '../../lib/audit/examples.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { silence } from '../../lib/audit/silence.ts';
import { type Repository, readRepository } from '../../lib/repository/repository.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** The findings as "rule file:line:column", without those that are only worth knowing. */
function findings(repository: Repository = readRepository(nodeFiles(folder))): string[] {
  return silence(audit(repository.inventory), repository.directives, new Set(allRules.map(({ id }) => id)))
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, file, line, column }) => `${rule} ${file}:${line}:${column}`);
}

const schedule = `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: immich-db
spec:
  schedule: "0 3 * * *"
  cluster:
    name: immich-db
`;

const server = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: immich-server
spec:
  strategy:
    type: Recreate
  template:
    metadata:
      labels:
        app: immich-server
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - name: DB_HOSTNAME
              value: immich-db-rw
          livenessProbe:
            httpGet:
              path: /api/server/ping
              port: 2283
            failureThreshold: 90
`;

test('positions count the documents, comments and lines above', () => {
  write({
    'backup.yaml': `# one\n---\n# two\napiVersion: v1\nkind: Secret\nmetadata: { name: a }\n---\n\n${schedule}`,
  });
  expect(findings()).toEqual(['backup-schedule backup.yaml:14:13']);
});

test('values behind anchors, aliases and in other scripts of YAML are found where they are written', () => {
  write({
    'anchor.yaml': schedule.replace('"0 3 * * *"', '&schedule "0 3 * * *"'),
    'flow.yml': `{apiVersion: postgresql.cnpg.io/v1, kind: ScheduledBackup, metadata: {name: b}, spec: {schedule: '0 3 * * *', cluster: {name: immich-db}}}`,
    'windows.yaml': schedule.replaceAll('\n', '\r\n').replace('name: immich-db', 'name: windows'),
    'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${schedule.trim().replaceAll('\n', '\n    ')}\n`,
  });
  expect(findings()).toEqual([
    'backup-schedule anchor.yaml:6:23',
    'backup-schedule flow.yml:1:98',
    'backup-schedule list.yaml:9:17',
    'backup-schedule windows.yaml:6:13',
  ]);
});

test('files that are no manifests, broken or huge are left out and named', () => {
  write({
    'values.yaml': 'immich:\n  a: 1\n',
    'broken.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: immich\n',
    'templates/server.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: {{ .Release.Name }} }\n',
    'bomb.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: immich }\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c]\n`,
    'huge.yaml': `${schedule}#${'x'.repeat(5 * 1024 * 1024)}`,
    'deep.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: immich }\ndata: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    'photo.jpg': '\0\0',
    'good.yaml': schedule,
  });
  const repository = readRepository(nodeFiles(folder));
  expect(repository.skipped.map(({ file }) => file).sort()).toEqual([
    'bomb.yaml',
    'broken.yaml',
    'deep.yaml',
    'huge.yaml',
    'templates/server.yaml',
    'values.yaml',
  ]);
  expect(findings(repository)).toEqual(['broken-yaml broken.yaml:4:1', 'backup-schedule good.yaml:6:13']);
});

test('links out of the folder are not followed', () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'backup.yaml'), schedule);
  write({ 'server.yaml': server });
  symlinkSync(outside, join(folder, 'folder'));
  symlinkSync(join(outside, 'backup.yaml'), join(folder, 'backup.yaml'));
  symlinkSync(folder, join(folder, 'circle'));
  const repository = readRepository(nodeFiles(folder));
  expect(findings(repository)).toEqual([]);
  expect(repository.skipped.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['folder', 'backup.yaml']),
  );
  rmSync(outside, { recursive: true });
});

test('a folder that is not there cannot be read, a single file can', () => {
  write({ 'backup.yaml': schedule });
  expect(() => readRepository(nodeFiles(join(folder, 'nowhere')))).toThrow('ENOENT');
  expect(findings(readRepository(nodeFiles(folder), 'backup.yaml'))).toEqual([
    'backup-schedule backup.yaml:6:13',
  ]);
});

test('what has nothing to do with Immich is counted and known by its name, and no rule judges it', () => {
  write({
    'other/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [./server.yaml, ./gone.yaml]\n',
    'other/server.yaml': server.replaceAll('immich', 'nextcloud').replace('v3.3.1', 'latest'),
    'other/ks.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: other\nspec:\n  path: ./other\n  dependsOn: [{ name: gone }]\n',
    'photos/backup.yaml': schedule,
  });
  const repository = readRepository(nodeFiles(folder));
  expect(repository.objects).toBe(4);
  expect(repository.inventory.find('apps', 'Deployment', undefined, 'nextcloud-server')?.name).toBe(
    'nextcloud-server',
  );
  expect(findings(repository)).toEqual(['backup-schedule photos/backup.yaml:6:13']);
});

describe('kustomizations', () => {
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

  test('give a namespace, so that references resolve across folders', () => {
    write({
      'kustomization.yaml': `${kustomization}namespace: photos\nresources: [app, database]\n`,
      'app/kustomization.yaml': `${kustomization}resources: [server.yaml]\n`,
      'app/server.yaml': server,
      'database/kustomization.yaml': `${kustomization}resources: [cluster.yaml]\n`,
      'database/cluster.yaml':
        'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: immich-db\n  namespace: other\nspec:\n  storage: { size: 1Gi }\n',
    });
    expect(findings()).toEqual(['database-without-backup database/cluster.yaml:6:1']);
  });

  test('patch objects, and what is wrong in a patch is shown in the patch', () => {
    write({
      'kustomization.yaml': `${kustomization}resources: [server.yaml]\npatches:\n  - path: patch.yaml\n  - target: { kind: Deployment }\n    patch: |\n      - { op: replace, path: /spec/strategy, value: { type: RollingUpdate } }\n`,
      'server.yaml': server,
      'patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: immich-server
spec:
  template:
    spec:
      containers:
        - name: server
          env:
            - name: IMMICH_IGNORE_MOUNT_CHECK_ERRORS
              value: "true"
`,
    });
    expect(findings()).toEqual(['mount-check-disabled patch.yaml:12:22']);
  });

  test('replace images, and the new tag is where the version is written', () => {
    write({
      'kustomization.yaml': `${kustomization}resources: [server.yaml]\nimages:\n  - name: ghcr.io/immich-app/immich-server\n    newTag: release\n`,
      'server.yaml': server,
    });
    expect(findings()).toEqual(['moving-tag kustomization.yaml:6:13']);
  });

  test('generate config maps, whose keys are known', () => {
    write({
      'kustomization.yaml': `${kustomization}namespace: immich\nresources: [server.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [IMMICH_IGNORE_MOUNT_CHECK_ERRORS=true]\n`,
      'server.yaml': server.replace(
        '          env:\n',
        '          envFrom:\n            - configMapRef:\n                name: settings\n          env:\n',
      ),
    });
    expect(findings()).toEqual(['mount-check-disabled kustomization.yaml:6:5']);
  });
});

describe('names', () => {
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
  const objects = {
    'base/kustomization.yaml': `${kustomization}nameSuffix: "-1"\nresources: [all.yaml]\nsecretGenerator:\n  - { name: immich-secret, literals: [a=b] }\n`,
    'base/all.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: immich
spec:
  serviceAccountName: immich
  containers:
    - name: server
      image: ghcr.io/immich-app/immich-server:v3.3.1
      envFrom: [{ secretRef: { name: immich-secret } }, { secretRef: { name: elsewhere } }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: immich } }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: immich
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: immich
---
apiVersion: v1
kind: Service
metadata:
  name: immich
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: immich
spec: { routes: [{ kind: Rule, services: [{ name: immich }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: immich
spec: { defaultBackend: { service: { name: immich } } }
---
apiVersion: v1
kind: Namespace
metadata:
  name: immich
`,
  };

  function built(kind: string): unknown {
    return readRepository(nodeFiles(folder)).inventory.manifests.find(({ object }) => object.kind === kind)
      ?.object;
  }

  test('get prefixes and suffixes, and so do references, but not those in resources of operators', () => {
    write({
      ...objects,
      'kustomization.yaml': `${kustomization}namePrefix: photos-\nresources: [base]\npatches:\n  - target: { kind: Service, name: immich }\n    patch: |\n      - { op: add, path: /spec, value: { ports: [{ port: 2283 }] } }\n`,
    });
    expect(built('Pod')).toMatchObject({
      metadata: { name: 'photos-immich-1' },
      spec: {
        serviceAccountName: 'photos-immich-1',
        containers: [
          {
            envFrom: [
              { secretRef: { name: 'photos-immich-secret-1' } },
              { secretRef: { name: 'elsewhere' } },
            ],
          },
        ],
        volumes: [{ persistentVolumeClaim: { claimName: 'photos-immich-1' } }],
      },
    });
    expect(built('Service')).toMatchObject({
      metadata: { name: 'photos-immich-1' },
      spec: { ports: [{ port: 2283 }] },
    });
    expect(built('Ingress')).toMatchObject({
      spec: { defaultBackend: { service: { name: 'photos-immich-1' } } },
    });
    expect(built('IngressRoute')).toMatchObject({
      metadata: { name: 'photos-immich-1' },
      spec: { routes: [{ services: [{ name: 'immich' }] }] },
    });
    expect(built('Namespace')).toMatchObject({ metadata: { name: 'immich' } });
  });

  test('of two objects with one name, the one that was renamed alike is meant', () => {
    write({
      ...objects,
      'kustomization.yaml': `${kustomization}resources: [one, two]\n`,
      'one/kustomization.yaml': `${kustomization}namePrefix: one-\nresources:\n  - ../base\n`,
      'two/kustomization.yaml': `${kustomization}namePrefix: two-\nresources:\n  - ../base\n`,
    });
    const pods = readRepository(nodeFiles(folder)).inventory.all('', 'Pod');
    expect(pods.map((pod) => pod.get('spec', 'serviceAccountName'))).toEqual([
      'one-immich-1',
      'two-immich-1',
    ]);
  });

  test('stay as they are without any prefix', () => {
    write({ ...objects, 'base/kustomization.yaml': `${kustomization}resources: [all.yaml]\n` });
    expect(built('Pod')).toMatchObject({
      metadata: { name: 'immich' },
      spec: { serviceAccountName: 'immich' },
    });
  });
});

describe('Flux', () => {
  const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: immich
  namespace: flux-system
spec:
  path: ./kubernetes/app
  targetNamespace: immich
  retryInterval: 2m
  postBuild:
    substitute:
      TAG: release
`;

  test('fills in variables and defaults, and leaves others unknown', () => {
    write({
      'ks.yaml': flux,
      'app/server.yaml': server.replace('v3.3.1', variable('TAG')),
      'app/backup.yaml': schedule.replace('"0 3 * * *"', `"${variable('SCHEDULE:=0 3 * * *')}"`),
      'app/unknown.yaml': schedule
        .replace('"0 3 * * *"', `"${variable('UNKNOWN')}"`)
        .replace('immich-db', 'immich-db-2'),
    });
    expect(findings()).toEqual([
      'backup-schedule app/backup.yaml:6:13',
      'moving-tag app/server.yaml:15:18',
      'substitution app/unknown.yaml:6:13',
    ]);
  });
});

function variable(name: string): string {
  return `$${`{${name}}`}`;
}

describe('Helm releases', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: immich
  namespace: photos
spec:
  chartRef:
    kind: OCIRepository
    name: charts
  valuesFrom:
    - kind: ConfigMap
      name: immich-values
`;
  const repository = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: charts
  namespace: photos
spec:
  url: oci://ghcr.io/bjw-s-labs/helm/app-template
`;

  test('take values from config maps that are generated from files', () => {
    write({
      'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: photos\nresources: [release.yaml, charts.yaml]\nconfigMapGenerator:\n  - name: immich-values\n    files: [values.yaml=./helm/values.yaml]\n`,
      'release.yaml': release,
      'charts.yaml': repository,
      'helm/values.yaml':
        'controllers:\n  server:\n    containers:\n      app:\n        image: { repository: ghcr.io/immich-app/immich-server, tag: latest }\n',
    });
    expect(findings()).toEqual(['moving-tag helm/values.yaml:5:69']);
  });

  test('of Argo CD are read too, with their values as text or as an object', () => {
    write({
      'application.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: immich
spec:
  destination:
    namespace: photos
  source:
    chart: immich
    helm:
      valuesObject:
        valkey:
          enabled: true
        server:
          controllers:
            main:
              containers:
                main:
                  image:
                    tag: release
`,
    });
    // The budget to start is the chart's own, which stands nowhere.
    expect(findings()).toEqual(['short-startup application.yaml:1:1', 'moving-tag application.yaml:20:26']);
  });
});

describe('comments', () => {
  test('silence one rule on their line or the next one, with a reason', () => {
    write({
      'above.yaml': schedule.replace(
        '  schedule',
        '  # immich-audit: ignore backup-schedule an hour is what we want\n  schedule',
      ),
      'beside.yaml': schedule
        .replace('"0 3 * * *"', '"0 3 * * *" # immich-audit: ignore backup-schedule wanted')
        .replace('name: immich-db', 'name: other'),
    });
    expect(findings()).toEqual([]);
  });

  test('silence nothing without a reason, for another rule, or for one that does not exist', () => {
    write({
      'backup.yaml': schedule.replace('  schedule', '  # immich-audit: ignore backup-schedule\n  schedule'),
      'other.yaml': schedule
        .replace('  schedule', '  # immich-audit: ignore moving-tag because\n  schedule')
        .replace('name: immich-db', 'name: other'),
      'typo.yaml':
        '# immich-audit: ignore bakup-schedule because\napiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
    });
    expect(findings()).toEqual([
      'backup-schedule backup.yaml:7:13',
      'backup-schedule other.yaml:7:13',
      'ignore-without-reason backup.yaml:6:3',
      'ignore-without-reason typo.yaml:1:1',
    ]);
  });
});

test('of two overlays that make the same object, the one for trials is not taken', () => {
  const list = (entry: string, more = '') => `kind: Kustomization\nresources: [${entry}]\n${more}`;
  const patch =
    'patches: [{ target: { kind: Deployment }, patch: "[{ op: replace, path: /spec/replicas, value: 1 }]" }]\n';
  write({
    'base/immich/server.yaml': serverOf('').replace('spec:\n', 'spec:\n  replicas: 3\n'),
    'base/immich/kustomization.yaml': list('server.yaml'),
    'development/kustomization.yaml': list('../base/immich', patch),
    'production/kustomization.yaml': list('../base/immich'),
  });
  const replicas = () =>
    readRepository(nodeFiles(folder)).inventory.workloads.map((workload) => workload.replicas);
  expect(replicas()).toEqual([3]);
  write({ 'production/kustomization.yaml': list('../base/immich', patch.replace('1 }', '2 }')) });
  expect(replicas()).toEqual([2]);
});
