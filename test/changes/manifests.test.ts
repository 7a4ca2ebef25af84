import { changesOfManifests as changesIn, object } from './judged.ts';

const claim = (metadata: string, spec = 'storageClassName: fast') =>
  object('v1', 'PersistentVolumeClaim', `namespace: photos, ${metadata}`, `spec: { ${spec} }`);
const kept = 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';
const flux = (spec: string) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', '', `spec: { ${spec} }`);
const cluster = (spec: string, metadata = 'namespace: photos') =>
  object('postgresql.cnpg.io/v1', 'Cluster', metadata, `spec: { ${spec} }`);
const server = (pod: string) =>
  object('apps/v1', 'Deployment', 'namespace: photos', `spec: { template: { spec: { ${pod} } } }`);
const image = 'image: "ghcr.io/immich-app/immich-server:v3.3.1"';

const schedule = (name: string, spec: string, database = 'it') =>
  `{ apiVersion: postgresql.cnpg.io/v1, kind: ScheduledBackup, metadata: { name: ${name}, namespace: photos }, spec: { schedule: "0 0 3 * * *", cluster: { name: ${database} }, ${spec} } }`;
const postgres = 'ghcr.io/tensorchord/cloudnative-vectorchord';
const archiver = (folder: string) =>
  `{ name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName: it, serverName: ${folder} } }`;
const restored = (spec: string) =>
  cluster(
    `${spec}, bootstrap: { recovery: { source: origin } }, externalClusters: [{ name: origin, plugin: { name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: it, serverName: it } } }]`,
  );

const rows: readonly [
  what: string,
  before: readonly string[],
  after: readonly string[],
  expected: readonly string[],
][] = [
  ['a claim that Flux removes', [claim('')], [], ['refused PersistentVolumeClaim/it:remove:it->nothing']],
  ['a claim that Flux leaves', [claim(kept)], [], ['steps PersistentVolumeClaim/it:remove:it->nothing']],
  [
    'a claim that is no longer kept',
    [claim(kept)],
    [claim('')],
    ['refused PersistentVolumeClaim/it:prune:disabled->nothing'],
  ],
  [
    'a claim that is kept from now on',
    [claim('')],
    [claim(kept)],
    ['routine PersistentVolumeClaim/it:fields:metadata.annotations.kustomize.toolkit.fluxcd.io/prune'],
  ],
  [
    'a claim that loses the label of the guard',
    [claim('labels: { immich-cdk8s/data: photos }')],
    [claim('labels: {}')],
    ['steps PersistentVolumeClaim/it:unguard:guarded->open'],
  ],
  [
    'a claim of another class',
    [claim('')],
    [claim('', 'storageClassName: slow')],
    ['refused PersistentVolumeClaim/it:change:fast->slow'],
  ],
  [
    'a claim bound to another volume',
    [claim('', 'volumeName: a')],
    [claim('', 'volumeName: b')],
    ['refused PersistentVolumeClaim/it:change:a->b'],
  ],
  [
    'a namespace that goes with all that is in it',
    [object('v1', 'Namespace', '')],
    [],
    ['refused Namespace/it:remove'],
  ],
  [
    'a namespace that Flux leaves, with its labels',
    [object('v1', 'Namespace', kept)],
    [],
    ['steps Namespace/it:release:it->nothing'],
  ],
  [
    'a stricter namespace',
    [object('v1', 'Namespace', 'labels: { pod-security.kubernetes.io/enforce: baseline }')],
    [object('v1', 'Namespace', 'labels: { pod-security.kubernetes.io/enforce: restricted }')],
    ['steps Namespace/it:podSecurity:baseline->restricted'],
  ],
  [
    'a Kustomization that forces',
    [flux('prune: true')],
    [flux('prune: true, force: true')],
    ['refused Kustomization/it:force:false->true'],
  ],
  [
    'an object that is forced',
    [claim('')],
    [claim('annotations: { kustomize.toolkit.fluxcd.io/force: enabled }')],
    ['refused PersistentVolumeClaim/it:force:false->true'],
  ],
  [
    'a Kustomization that prunes from now on',
    [flux('prune: false')],
    [flux('prune: true')],
    ['steps Kustomization/it:prune:false->true'],
  ],
  [
    'a Kustomization that no longer prunes',
    [flux('prune: true')],
    [flux('prune: false')],
    ['steps Kustomization/it:prune:true->false'],
  ],
  [
    'another policy of deletion',
    [flux('deletionPolicy: Orphan')],
    [flux('deletionPolicy: MirrorPrune')],
    ['steps Kustomization/it:deletionPolicy:Orphan->MirrorPrune'],
  ],
  [
    'another interval',
    [flux('interval: 1h')],
    [flux('interval: 2h')],
    ['routine Kustomization/it:fields:spec.interval'],
  ],
  ['another folder', [flux('path: ./a')], [flux('path: ./b')], ['steps Kustomization/it:path:./a->./b']],
  ['a Kustomization that goes', [flux('prune: true')], [], ['steps Kustomization/it:remove']],
  ['a database that goes', [cluster('instances: 1')], [], ['refused Cluster/it:remove:it->external']],
  [
    'a database in another namespace',
    [cluster('instances: 1')],
    [cluster('instances: 1', 'namespace: other')],
    ['refused Cluster/it:rename:photos->other'],
  ],
  [
    'a suspended backup',
    [object('postgresql.cnpg.io/v1', 'ScheduledBackup', '', 'spec: { schedule: "@daily" }')],
    [object('postgresql.cnpg.io/v1', 'ScheduledBackup', '', 'spec: { schedule: "@daily", suspend: true }')],
    ['steps ScheduledBackup/it:suspend:false->true'],
  ],
  [
    'a backup in five fields, which mean something else',
    [object('postgresql.cnpg.io/v1', 'ScheduledBackup', '', 'spec: { schedule: "0 0 3 * * *" }')],
    [object('postgresql.cnpg.io/v1', 'ScheduledBackup', '', 'spec: { schedule: "0 3 * * *" }')],
    ['steps ScheduledBackup/it:schedule:0 0 3 * * *->0 3 * * *'],
  ],
  [
    'other storage for new instances',
    [cluster('storage: { storageClass: a }')],
    [cluster('storage: { storageClass: b }')],
    ['steps Cluster/it:storageClass:a->b'],
  ],
  [
    'fewer instances',
    [cluster('instances: 3')],
    [cluster('instances: 2')],
    ['steps Cluster/it:instances:3->2'],
  ],
  [
    'photos in another claim, in a pod of others',
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, persistentVolumeClaim: { claimName: a } }]`,
      ),
    ],
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, persistentVolumeClaim: { claimName: b } }]`,
      ),
    ],
    ['refused Deployment/it:claim:a->b', 'steps Deployment/it:need:PersistentVolumeClaim/b'],
  ],
  [
    'photos on another share, in a pod of others',
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, nfs: { server: nas, path: /a } }]`,
      ),
    ],
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, nfs: { server: nas, path: /b } }]`,
      ),
    ],
    ['refused Deployment/it:claim:nas:/a->nas:/b'],
  ],
  [
    'another database, in a pod of others',
    [server(`containers: [{ name: main, ${image}, env: [{ name: DB_HOSTNAME, value: a }] }]`)],
    [server(`containers: [{ name: main, ${image}, env: [{ name: DB_HOSTNAME, value: b }] }]`)],
    ['refused Deployment/it:database:immich at a:5432->immich at b:5432'],
  ],
  [
    'the same share, by a claim that is bound to it',
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, nfs: { server: nas, path: /a } }]`,
      ),
    ],
    [
      server(
        `containers: [{ name: main, ${image} }], volumes: [{ name: data, persistentVolumeClaim: { claimName: it } }]`,
      ),
      claim('', 'storageClassName: "", volumeName: it'),
      object(
        'v1',
        'PersistentVolume',
        '',
        'spec: { nfs: { server: nas, path: /a }, claimRef: { name: it } }',
      ),
    ],
    [
      'restarting Deployment/it:fields:volumes[data].nfs, volumes[data].persistentVolumeClaim',
      'routine PersistentVolume/it:add',
      'routine PersistentVolumeClaim/it:add',
    ],
  ],
  [
    'the same database by the long name of its Service',
    [server(`containers: [{ name: main, ${image}, env: [{ name: DB_HOSTNAME, value: db-rw }] }]`)],
    [
      server(
        `containers: [{ name: main, ${image}, env: [{ name: DB_HOSTNAME, value: db-rw.photos.svc.cluster.local }] }]`,
      ),
    ],
    ['restarting Deployment/it:fields:DB_HOSTNAME'],
  ],
  [
    'a Secret that must exist',
    [server(`containers: [{ name: main, ${image} }]`)],
    [
      server(
        `containers: [{ name: main, ${image}, env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: k } } }] }]`,
      ),
    ],
    ['steps Deployment/it:need:photos/s/k', 'restarting Deployment/it:fields:containers[main].env'],
  ],
  [
    'what a database that is still to be made takes for letters',
    [cluster('bootstrap: { initdb: { owner: immich } }')],
    [cluster('bootstrap: { initdb: { owner: immich, localeCType: C.UTF-8 } }')],
    ['steps Cluster/it:ctype:C->C.UTF-8'],
  ],
  [
    'the ctype together with another start',
    [cluster('bootstrap: { initdb: { owner: immich } }')],
    [cluster('bootstrap: { initdb: { owner: photos, localeCType: C.UTF-8 } }')],
    ['steps Cluster/it:bootstrap'],
  ],
  [
    'a schedule for a new life of a database',
    [schedule('nightly', 'immediate: false')],
    [schedule('v1', 'immediate: true')],
    ['routine ScheduledBackup/v1:schedule:nightly->v1'],
  ],
  [
    'a schedule of another database',
    [schedule('nightly', 'immediate: false')],
    [schedule('v1', 'immediate: true', 'other')],
    ['steps ScheduledBackup/nightly:backupOff:nightly->nothing', 'routine ScheduledBackup/v1:add'],
  ],
  [
    'a schedule that would begin at once, if it were new',
    [schedule('nightly', 'immediate: false')],
    [schedule('nightly', 'immediate: true')],
    ['routine ScheduledBackup/nightly:fields:spec.immediate'],
  ],
  [
    'a restore with another PostgreSQL than the backups are of',
    [cluster(`imageName: "${postgres}:16.9-0.4.3", plugins: [${archiver('it')}]`)],
    [restored(`imageName: "${postgres}:17.9-0.4.3", plugins: [${archiver('v1')}]`)],
    [
      'refused Cluster/it:restoreMajor:16->17',
      'steps Cluster/it:restore:nothing->restoreFrom',
      'steps Cluster/it:upgrade:16.9->17.9',
    ],
  ],
  [
    'a restore with the PostgreSQL of the backups',
    [cluster(`imageName: "${postgres}:16.9-0.4.3", plugins: [${archiver('it')}]`)],
    [restored(`imageName: "${postgres}:16.9-0.4.3", plugins: [${archiver('v1')}]`)],
    [
      'steps Cluster/it:restore:nothing->restoreFrom',
      'restarting Cluster/it:fields:spec.plugins[barman-cloud.cloudnative-pg.io].parameters.serverName',
    ],
  ],
  [
    'something that is not known',
    [object('example.com/v1', 'Thing', '', 'spec: { a: 1 }')],
    [object('example.com/v1', 'Thing', '', 'spec: { a: 2 }')],
    ['steps Thing/it:fields:spec.a'],
  ],
  ['something new that is not known', [], [object('example.com/v1', 'Thing', '')], ['steps Thing/it:add']],
  ['something that goes', [object('example.com/v1', 'Thing', '')], [], ['steps Thing/it:remove']],
  ['a harmless object', [], [object('v1', 'ServiceAccount', '')], ['routine ServiceAccount/it:add']],
  [
    'a label',
    [object('v1', 'ServiceAccount', 'labels: { a: b }')],
    [object('v1', 'ServiceAccount', 'labels: { a: c }')],
    ['routine ServiceAccount/it:fields:metadata.labels.a'],
  ],
];

test.each(rows)('%s', (_what, before, after, expected) => {
  expect(changesIn(before, after).map(({ grade, id }) => `${grade} ${id.replace(/^it:/, '')}`)).toEqual(
    expected,
  );
});

test('manifests of others have no keys of an installation file', () => {
  const [change] = changesIn([claim('')], [claim('', 'storageClassName: slow')]);
  expect(change).toMatchObject({ key: undefined, impossible: true, file: 'it/k8s/0/object.yaml' });
});

test('values are not shown, since any of them may be a secret', () => {
  const pod = (value: string) =>
    server(`containers: [{ name: main, ${image}, env: [{ name: TOKEN, value: ${value} }] }]`);
  expect(JSON.stringify(changesIn([pod('hunter2secret')], [pod('hunter3secret')]))).not.toContain('hunter');
});

test('the order of keys and of named items is no change', () => {
  const one = server(`containers: [{ name: a, image: x }, { name: b, image: y }]`);
  const other = server(`containers: [{ image: y, name: b }, { image: x, name: a }]`);
  expect(changesIn([one], [other])).toEqual([]);
});
