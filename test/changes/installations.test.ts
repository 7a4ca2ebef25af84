import { type Edit, edited } from '../installation/example.ts';
import { home, k3s, tachtit } from './bases.ts';
import { changesOfEdits } from './judged.ts';

const imported =
  '{ host: old.example.net, password: { secret: old, key: password }, postgres: 14, extension: vchord, size: 8Gi }';

const externalDatabase = `  external:
    host: postgres-cluster-rw.database.svc.cluster.local
    database: immich
    username: immich
    password: { secret: immich-db, key: password }
`;

const ownDatabase = `    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
    storage: { storageClass: longhorn, size: 20Gi }
    backup: none
    reason: test
`;
const substitute = '{ substitute: { from: [{ kind: Secret, name: cluster-secrets }], variables: [DOMAIN] } }';

/** What is edited, and every change that is more than routine, as `grade id`; then how the first one is told. */
const rows: readonly [
  what: string,
  base: string,
  edits: readonly Edit[],
  expected: readonly string[],
  sentence: string,
][] = [
  [
    'another namespace',
    home,
    [['host:', 'namespace: photos\nhost:']],
    ['refused home:namespace:rename:immich->photos'],
    'Kubernetes cannot rename a namespace: Immich starts in photos with new',
  ],
  [
    'another name of the Kubernetes cluster',
    home,
    [['host:', 'clusters: { app: k8s }\nhost:']],
    ['refused home:clusters.app:rename:home->k8s'],
    'The folder of the Kubernetes cluster home becomes k8s: a cluster of th',
  ],
  [
    "another name of the database's Kubernetes cluster",
    tachtit,
    [['database: tachtit-data }', 'database: other }']],
    ['refused tachtit:clusters.database:rename:tachtit-data->other'],
    'The folder of the Kubernetes cluster tachtit-data becomes other: a clu',
  ],
  [
    'the database moves to a Kubernetes cluster of its own',
    home,
    [
      ['host:', 'clusters: { app: home, database: data }\nhost:'],
      ['    backup:\n', '    host: db.example.net\n    credentials: { secret: login }\n    backup:\n'],
    ],
    [
      'refused home:clusters.database:move:home/immich->data/immich',
      'steps home:network:policy:immich-server',
      'steps home:Cluster/immich-db:need:immich/login/password,username',
      'steps home:Deployment/immich-server:need:immich/immich-db-ca/ca.crt',
      'steps home:Deployment/immich-server:need:immich/login/password',
      'steps home:installation:need:immich-drill/immich-backup-read/ACCESS_KEY_ID,ACCESS_SECRET_KEY',
      'steps home:installation:need:immich/immich-backup/ACCESS_KEY_ID,ACCESS_SECRET_KEY',
      'restarting home:Deployment/immich-server:fields:DB_HOSTNAME, DB_PASSWORD, DB_USERNAME, DB_SSL_MODE and 6 more',
    ],
    'The database immich-db is gone from dist; Flux leaves it in the cluster, without Immich. In its place is one o',
  ],
  [
    'a host that Flux fills in',
    home,
    [['host: photos.example.com', `flux: ${substitute}\nhost: 'photos.\${DOMAIN}'`]],
    [
      'steps home:flux.substitute:substitute:Secret/cluster-secrets',
      'steps home:host:host:photos.example.com->photos.${DOMAIN}',
      'steps home:network:policy:immich-db,immich-drill-db',
    ],
    'Flux fills in variables from Secret/cluster-secrets.',
  ],
  [
    'a component of kustomize',
    home,
    [['host:', 'flux: { components: [components/alerts] }\nhost:']],
    ['steps home:flux.components:components'],
    'Flux applies other components to the layers: what they change is not in dist',
  ],
  [
    'annotations of all objects',
    home,
    [['host:', 'flux: { commonMetadata: { annotations: { example.com/owner: me } } }\nhost:']],
    ['steps home:flux.commonMetadata:metadata'],
    'Flux gives every object other annotations; no pod restarts by that.',
  ],
  [
    'labels of all objects',
    home,
    [['host:', 'flux: { commonMetadata: { labels: { example.com/owner: me } } }\nhost:']],
    [],
    'Flux gives every object other labels; no pod restarts by that.',
  ],
  [
    'a layer of somebody else comes first',
    home,
    [['host:', 'flux: { dependsOn: [{ name: cloudnative-pg }] }\nhost:']],
    [],
    'Kustomization flux-system/immich-home-namespace: spec.dependsOn changed: Flux waits',
  ],
  [
    'variables from elsewhere',
    edited(home, ['host: photos.example.com', `flux: ${substitute}\nhost: 'photos.\${DOMAIN}'`]),
    [['kind: Secret', 'kind: ConfigMap']],
    ['steps home:flux.substitute:substitute:ConfigMap/cluster-secrets'],
    'Flux fills in variables from ConfigMap/cluster-secrets.',
  ],
  [
    'a second pod of the server, and its budget',
    edited(
      home,
      ['size: 500Gi', 'size: 500Gi, accessMode: ReadWriteMany'],
      ['host:', 'server: { replicas: 1, microservices: { separate: true } }\nhost:'],
    ),
    [['replicas: 1', 'replicas: 2']],
    [
      'restarting home:Deployment/immich-server:fields:spec.replicas',
      'restarting home:Deployment/immich-server:fields:topologySpreadConstraints',
    ],
    'Deployment immich/immich-server: spec.replicas changed: there are more or fewer of its pods.',
  ],
  [
    'Immich wakes up',
    edited(home, ['host:', 'stopped: true\nhost:']),
    [['stopped: true', 'stopped: false']],
    ['restarting home:stopped:start:true->false'],
    'Immich starts again, which takes about a minute; where its version is a newer one',
  ],
  [
    'another name of the installation',
    home,
    [['name: home', 'name: photos']],
    ['refused photos:name:rename:home->photos'],
    "The folder home is gone from dist and photos is new, and so are Flux's",
  ],
  [
    'another name of the database',
    home,
    [['    backup:\n', '    name: other\n    backup:\n']],
    [
      'refused home:database.cnpg.name:rename:immich-db->other',
      'steps home:ValidatingAdmissionPolicy/immich-database-immich:guard',
      'restarting home:Deployment/immich-server:fields:DB_HOSTNAME, DB_PASSWORD, DB_USERNAME',
    ],
    'The database immich-db is gone from dist; Flux leaves it in the cluster, without Immich. In its place is other',
  ],
  [
    'another name of the database, from a backup',
    home,
    [
      [
        '    backup:\n',
        '    name: other\n    restoreFrom: { database: immich-db, lineage: v0 }\n    backup:\n',
      ],
    ],
    [
      'refused home:database.cnpg.name:rename:immich-db->other',
      'steps home:ValidatingAdmissionPolicy/immich-database-immich:guard',
      'restarting home:Deployment/immich-server:fields:DB_HOSTNAME, DB_PASSWORD, DB_USERNAME',
    ],
    'The database immich-db is gone from dist; Flux leaves it in the cluster, without Immich. In its place is other',
  ],
  [
    'a database that others run',
    home,
    [
      [
        '  cnpg:\n    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\n    storage: { storageClass: longhorn, size: 20Gi }\n    backup:\n      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
        '  external: { host: db.example.com, password: { secret: a, key: b } }',
      ],
    ],
    [
      'refused home:database:remove:immich-db->external',
      'steps home:database.cnpg.backup.drill:drillOff:immich-drill->nothing',
      'steps home:network:policy:immich-server',
      'steps home:Deployment/immich-server:need:immich/a/b',
      'restarting home:Deployment/immich-server:fields:DB_HOSTNAME, DB_PASSWORD, DB_USERNAME',
    ],
    'The database immich-db is gone from dist; Flux leaves it in the cluster, without Immich. Where Immich is given',
  ],
  [
    'another external database',
    k3s,
    [['host: postgres-cluster-rw.', 'host: other-rw.']],
    [
      'refused k3s:database.external.host:database:immich at postgres-cluster-rw.database.svc.cluster.local:5432->immich at other-rw.database.svc.cluster.local:5432',
    ],
    'Immich would use the database immich at other-rw.database.svc.cluster.',
  ],
  [
    'another database in the same server',
    k3s,
    [['    database: immich\n', '    database: photos\n']],
    [
      'refused k3s:database.external.database:database:immich at postgres-cluster-rw.database.svc.cluster.local:5432->photos at postgres-cluster-rw.database.svc.cluster.local:5432',
    ],
    'Immich would use the database photos of the same server instead of immich',
  ],
  [
    'other nodes',
    home,
    [['route:\n', 'server: { nodeSelector: { disk: fast } }\nroute:\n']],
    ['restarting home:Deployment/immich-server:fields:nodeSelector'],
    'Deployment immich/immich-server: nodeSelector changed: its pods restart, which takes about a minute.',
  ],
  [
    'other nodes for the database',
    home,
    [['  cnpg:\n', '  cnpg:\n    nodeSelector: { disk: fast }\n    priorityClass: household\n']],
    [
      'steps home:Cluster/immich-db:need:PriorityClass/household',
      'restarting home:Cluster/immich-db:fields:spec.affinity.nodeSelector, spec.priorityClassName',
    ],
    'The PriorityClass household must exist',
  ],
  [
    'a load balancer before the server',
    home,
    [
      [
        'route:\n',
        'server: { service: { type: LoadBalancer } }\nnetwork: { clients: [{ from: { cidr: 192.168.1.0/24 }, why: the house }] }\nroute:\n',
      ],
    ],
    ['steps home:Service/immich-server:fields:spec.type', 'steps home:network:policy:immich-server'],
    'Service immich/immich-server: spec.type changed: who can reach it changes',
  ],
  [
    'a further volume',
    home,
    [['route:\n', 'server: { volumes: { more: { existingClaim: more, path: /mnt/more } } }\nroute:\n']],
    [
      'steps home:Deployment/immich-server:need:PersistentVolumeClaim/more',
      'restarting home:Deployment/immich-server:fields:containers[server].volumeMounts[extra-more], volumes[extra-more]',
    ],
    '',
  ],
  [
    'a Valkey that others run',
    home,
    [['volumes:\n', 'valkey: { external: { host: dragonfly.databases.svc } }\nvolumes:\n']],
    [
      'steps home:valkey:queue:immich-valkey:6379->dragonfly.databases.svc:6379',
      'steps home:network:policy:immich-server',
    ],
    'Immich keeps its jobs in dragonfly.databases.svc:6379 instead of immich-valkey:6379: jobs that wait there are left',
  ],
  [
    'a Valkey that others run, in place of one with a claim',
    edited(home, ['volumes:\n', 'valkey: { persistence: { storageClass: longhorn } }\nvolumes:\n']),
    [['persistence: { storageClass: longhorn }', 'external: { host: dragonfly.databases.svc }']],
    [
      'steps home:valkey:queue:immich-valkey:6379->dragonfly.databases.svc:6379',
      'steps home:network:policy:immich-server',
    ],
    'Immich keeps its jobs in dragonfly',
  ],
  [
    'a Valkey of our own again',
    edited(home, ['volumes:\n', 'valkey: { external: { host: dragonfly.databases.svc } }\nvolumes:\n']),
    [['external: { host: dragonfly.databases.svc }', '']],
    [
      'steps home:valkey:queue:dragonfly.databases.svc:6379->immich-valkey:6379',
      'steps home:network:policy:immich-server',
    ],
    'Immich keeps its jobs in immich-valkey:6379 instead',
  ],
  [
    'another database number of a Valkey of others',
    edited(home, ['volumes:\n', 'valkey: { external: { host: dragonfly.databases.svc } }\nvolumes:\n']),
    [['dragonfly.databases.svc }', 'dragonfly.databases.svc, database: 3 }']],
    ['steps home:valkey:queue:dragonfly.databases.svc:6379->dragonfly.databases.svc:6379, database 3'],
    'Immich keeps its jobs in',
  ],
  [
    'another claim for the library',
    home,
    [['size: 500Gi, backup', 'size: 500Gi, claim: other, backup']],
    ['refused home:volumes.library.claim:claim:immich-library->other'],
    'Immich would use the claim other, which is new and empty, while the ph',
  ],
  [
    'a claim that exists for the library',
    home,
    [['{ storageClass: longhorn, size: 500Gi,', '{ existingClaim: other, accessMode: ReadWriteOnce,']],
    [
      'refused home:volumes.library.existingClaim:claim:immich-library->other',
      'steps home:Deployment/immich-server:need:PersistentVolumeClaim/other',
    ],
    'Immich would use the claim other while the photos are in immich-librar',
  ],
  [
    'a database that is imported, in place of one of others',
    k3s,
    [[externalDatabase, `  cnpg:\n    importFrom: ${imported}\n${ownDatabase}`]],
    [
      'steps k3s:database.cnpg.importFrom:import:immich at postgres-cluster-rw.database.svc.cluster.local:5432->immich at immich-db-rw:5432',
      'steps k3s:network:policy:immich-server',
      'steps k3s:Cluster/immich-db:need:immich/old/password',
      'restarting k3s:Deployment/immich-server:fields:DB_PASSWORD',
    ],
    'Immich uses the new database immich-db instead of',
  ],
  [
    'a new and empty database in place of one of others',
    k3s,
    [[externalDatabase, `  cnpg:\n${ownDatabase}`]],
    [
      'refused k3s:database:database:immich at postgres-cluster-rw.database.svc.cluster.local:5432->immich at immich-db-rw:5432',
      'steps k3s:network:policy:immich-server',
      'steps k3s:Cluster/immich-db:add',
      'restarting k3s:Deployment/immich-server:fields:DB_PASSWORD',
    ],
    'Immich would use the database immich at immich-db-rw:5432 instead of immich at postgres-cluster-rw',
  ],
  [
    'importFrom for a database that exists',
    home,
    [['  cnpg:\n', `  cnpg:\n    importFrom: ${imported}\n`]],
    [
      'steps home:database.cnpg.importFrom:import:nothing->immich at old.example.net:5432',
      'steps home:network:policy:immich-db',
      'steps home:Cluster/immich-db:need:immich/old/password',
    ],
    'importFrom counts only when the database immich-db is made',
  ],
  [
    'importFrom taken out again',
    edited(home, ['  cnpg:\n', `  cnpg:\n    importFrom: ${imported}\n`]),
    [[`    importFrom: ${imported}\n`, '']],
    ['steps home:network:policy:immich-db'],
    'immich-db can no longer reach any address on 5432.',
  ],
  [
    'another name for a database that is imported',
    home,
    [['  cnpg:\n', `  cnpg:\n    name: letters\n    importFrom: ${imported}\n`]],
    [
      'refused home:database.cnpg.name:rename:immich-db->letters',
      'steps home:ValidatingAdmissionPolicy/immich-database-immich:guard',
      'steps home:Cluster/letters:need:immich/old/password',
      'restarting home:Deployment/immich-server:fields:DB_HOSTNAME, DB_PASSWORD, DB_USERNAME',
    ],
    'The database immich-db is gone from dist; Flux leaves it in the cluster, without Immich. In its place is letters, which is filled from immich at old.example.net:5432',
  ],
  [
    'populate for a claim that may exist',
    edited(home, ['backup: none, reason: test', 'backup: { volsync: {} }']),
    [['backup: { volsync: {} }', 'backup: { volsync: {} }, populate: { volsync: {} }']],
    [
      'steps home:volumes.library.populate:populate:nothing->ReplicationDestination/immich-library-populate',
      'steps home:ReplicationDestination/immich-library-populate:add',
    ],
    'A claim that is made anew starts as what ReplicationDestination/immich-library-populate holds. Where the claim immich-library exists, nothing is filled and nothing is lost, but Kubernetes refuses the change',
  ],
  [
    'populate taken away from the claim that was made with it',
    edited(home, [
      'backup: none, reason: test',
      'backup: none, reason: a try, populate: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: photos } }',
    ]),
    [
      [
        ', populate: { dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: photos } }',
        '',
      ],
    ],
    ['steps home:volumes.library.populate:populate:VolumeSnapshot/photos->nothing'],
    'A claim that was made from VolumeSnapshot/photos is written as one that comes up empty.',
  ],
  [
    'a new claim that is filled',
    home,
    [
      [
        '  models:',
        '  generated: { storageClass: longhorn, size: 50Gi, populate: { dataSourceRef: { kind: PersistentVolumeClaim, name: old } } }\n  models:',
      ],
    ],
    [
      'refused home:volumes.generated:add:nothing->immich-generated',
      'steps home:volumes.generated.populate:populate:nothing->PersistentVolumeClaim/old',
    ],
    'Thumbnails and transcoded videos are looked for in the new, empty volu',
  ],
  [
    'another claim for the models',
    home,
    [['size: 20Gi }\ndatabase', 'size: 20Gi, claim: other }\ndatabase']],
    ['restarting home:volumes.models:claim:immich-models->other'],
    'The models of machine learning move from the claim immich-models to ot',
  ],
  [
    'generated added',
    home,
    [['  models:', '  generated: { storageClass: longhorn, size: 50Gi }\n  models:']],
    ['refused home:volumes.generated:add:nothing->immich-generated'],
    'Thumbnails and transcoded videos are looked for in the new, empty volu',
  ],
  [
    'generated taken away',
    tachtit,
    [
      [
        '  generated: { nfs: { server: nas.example.net, path: /export/immich/generated }, size: 100Gi }\n',
        '',
      ],
    ],
    [
      'refused tachtit:volumes:remove:immich-generated->nothing',
      'steps tachtit:PersistentVolume/immich-immich-generated:remove',
    ],
    'Thumbnails and transcoded videos are in immich-generated, and are look',
  ],
  [
    'a smaller library',
    home,
    [['500Gi', '400Gi']],
    ['refused home:volumes.library.size:shrink:500Gi->400Gi'],
    '"400Gi" is less than "500Gi", but a claim cannot shrink.',
  ],
  [
    'the same size in other words',
    home,
    [['500Gi', '512000Mi']],
    [],
    'PersistentVolumeClaim immich/immich-library: spec.resources.requests.s',
  ],
  [
    'a larger library',
    home,
    [['500Gi', '600Gi']],
    [],
    'PersistentVolumeClaim immich/immich-library: spec.resources.requests.s',
  ],
  [
    'a larger library on a network share',
    tachtit,
    [['500Gi', '600Gi']],
    ['refused tachtit:volumes.library.size:grow:500Gi->600Gi'],
    '"600Gi" is more than "500Gi", but Kubernetes grows only claims of a st',
  ],
  [
    'another storage class for the library',
    home,
    [['library: { storageClass: longhorn', 'library: { storageClass: fast']],
    ['refused home:volumes.library.storageClass:change:longhorn->fast'],
    '"longhorn" became "fast", but this cannot be changed in a claim that e',
  ],
  [
    'another export for the library',
    tachtit,
    [['/export/immich/library', '/export/other']],
    [
      'refused tachtit:volumes.library.nfs:change:nas.example.net:/export/immich/library->nas.example.net:/export/other',
    ],
    'nas.example.net:/export/immich/library became nas.example.net:/export/other, but this cannot be changed in a v',
  ],
  [
    'a smaller database',
    home,
    [
      [
        '    storage: { storageClass: longhorn, size: 20Gi }',
        '    storage: { storageClass: longhorn, size: 10Gi }',
      ],
    ],
    ['refused home:database.cnpg.storage.size:shrink:20Gi->10Gi'],
    '"10Gi" is less than "20Gi", but the storage of a database cannot shrink.',
  ],
  [
    'a larger database',
    home,
    [
      [
        '    storage: { storageClass: longhorn, size: 20Gi }',
        '    storage: { storageClass: longhorn, size: 30Gi }',
      ],
    ],
    [],
    'Cluster immich/immich-db: spec.storage.size changed: its volumes grow,',
  ],
  [
    'another storage class for the database',
    home,
    [
      [
        '    storage: { storageClass: longhorn, size: 20Gi }',
        '    storage: { storageClass: fast, size: 20Gi }',
      ],
    ],
    [
      'refused home:database.cnpg.backup.drill.storageClass:change:longhorn->fast',
      'steps home:database.cnpg.storage.storageClass:storageClass:longhorn->fast',
    ],
    '"longhorn" became "fast", but this cannot be changed in a claim that e',
  ],
  [
    'a volume for the write-ahead log',
    home,
    [['    backup:\n', '    walStorage: { storageClass: longhorn, size: 5Gi }\n    backup:\n']],
    ['steps home:database.cnpg.walStorage:walStorage:nothing->5Gi'],
    'The write-ahead log gets volumes of its own: the instances restart one after the other, and walStorage can nev',
  ],
  [
    'no volume for the write-ahead log',
    edited(home, ['    backup:\n', '    walStorage: { storageClass: longhorn, size: 5Gi }\n    backup:\n']),
    [['    walStorage: { storageClass: longhorn, size: 5Gi }\n', '']],
    ['refused home:database.cnpg.walStorage:remove:5Gi->nothing'],
    'walStorage is gone, but CloudNativePG cannot remove the volume of the write-ahead log.',
  ],
  [
    'fewer instances',
    home,
    [['    backup:\n', '    instances: 1\n    backup:\n']],
    ['steps home:database.cnpg.instances:instances:2->1'],
    'The database has 1 instance instead of 2: CloudNativePG deletes the ot',
  ],
  [
    'more instances',
    home,
    [['    backup:\n', '    instances: 3\n    backup:\n']],
    [],
    'The database has 3 instances instead of 2: new ones copy everything fr',
  ],
  [
    'another bucket',
    home,
    [['bucket: immich-backups', 'bucket: other']],
    [
      'refused home:database.cnpg.backup.s3:store:s3://immich-backups/immich at https://s3.example.com->s3://other/immich at https://s3.example.com',
    ],
    'Backups of immich-db would go to s3://other/immich at https://s3.examp',
  ],
  [
    'another endpoint',
    home,
    [['https://s3.example.com', 'https://s3.example.org']],
    [
      'refused home:database.cnpg.backup.s3:store:s3://immich-backups/immich at https://s3.example.com->s3://immich-backups/immich at https://s3.example.org',
      'steps home:network:policy:immich-db,immich-drill-db',
    ],
    'Backups of immich-db would go to s3://immich-backups/immich at https://s3.example.org, which is empty or holds',
  ],
  [
    'another container of Azure',
    tachtit,
    [['windows.net/immich', 'windows.net/other']],
    [
      'refused tachtit:database.cnpg.backup.azure:store:https://account.blob.core.windows.net/immich->https://account.blob.core.windows.net/other',
    ],
    'Backups of immich-db-tachtit-cnpg-v0 would go to https://account.blob.',
  ],
  [
    'S3 instead of Azure',
    tachtit,
    [
      [
        '      azure:\n        destinationPath: https://account.blob.core.windows.net/immich\n        connectionString: { secret: azure-creds, key: connection-string-2 }',
        '      s3: { bucket: photos, credentials: photos }',
      ],
    ],
    [
      'refused tachtit:database.cnpg.backup.s3:store:https://account.blob.core.windows.net/immich->s3://photos/immich',
      'steps tachtit:Cluster/immich-db-tachtit-cnpg-v0:need:immich/photos/ACCESS_KEY_ID,ACCESS_SECRET_KEY',
      'steps tachtit:database.cnpg.backup.s3:credentials:azure-creds->photos',
    ],
    'Backups of immich-db-tachtit-cnpg-v0 would go to s3://photos/immich, w',
  ],
  [
    'other credentials',
    home,
    [['credentials: immich-backup', 'credentials: other']],
    [
      'steps home:ObjectStore/immich-db:need:immich/other/ACCESS_KEY_ID,ACCESS_SECRET_KEY',
      'steps home:database.cnpg.backup.s3:credentials:immich-backup->other',
    ],
    'The Secret immich/other must exist with the keys ACCESS_KEY_ID, ACCESS',
  ],
  [
    'another key in the same Secret',
    tachtit,
    [['key: connection-string-2', 'key: connection-string-3']],
    [
      'steps tachtit:Cluster/immich-db-tachtit-cnpg-v0:need:immich/azure-creds/connection-string-3',
      'steps tachtit:database.cnpg.backup.azure:credentials:azure-creds/connection-string-2->azure-creds/connection-string-3',
    ],
    'The Secret immich/azure-creds must exist with the key connection-string-3, and did not have to: as long as it ',
  ],
  [
    'a new lineage',
    home,
    [['    backup:\n', '    lineage: v1\n    backup:\n']],
    ['steps home:database.cnpg.lineage:lineage:immich-db->immich-db-v1'],
    'immich-db archives to the new folder immich-db-v1 from now on. What is',
  ],
  [
    'a new lineage from the old one',
    home,
    [['    backup:\n', '    lineage: v1\n    restoreFrom: { lineage: v0 }\n    backup:\n']],
    [
      'steps home:database.cnpg.lineage:lineage:immich-db->immich-db-v1',
      'steps home:database.cnpg.restoreFrom:restore:nothing->restoreFrom',
    ],
    'immich-db archives to the new folder immich-db-v1 from now on. What is',
  ],
  [
    'restoreFrom taken out again',
    edited(home, ['    backup:\n', '    lineage: v1\n    restoreFrom: { lineage: v0 }\n    backup:\n']),
    [['    restoreFrom: { lineage: v0 }\n', '']],
    [],
    'restoreFrom is gone: immich-db stays as it is, and a database that is ',
  ],
  [
    'another point in time',
    edited(home, ['    backup:\n', '    lineage: v1\n    restoreFrom: { lineage: v0 }\n    backup:\n']),
    [['lineage: v0 }', 'lineage: v0, time: "2026-11-20T03:00:00Z" }']],
    ['steps home:database.cnpg.restoreFrom:otherRestore:restoreFrom->restoreFrom'],
    'restoreFrom counts only when the database immich-db is made: as long a',
  ],
  [
    'a shorter retention',
    home,
    [['    backup:\n', '    backup:\n      retention: 14d\n']],
    ['refused home:database.cnpg.backup.retention:retention:30d->14d'],
    'Backups of the database are kept for 14d instead of 30d: within half a',
  ],
  [
    'a longer retention',
    home,
    [['    backup:\n', '    backup:\n      retention: 2m\n']],
    [],
    'Backups of the database are kept for 2m instead of 30d, which is longer: none is deleted, and the store grows.',
  ],
  [
    'a shorter retention in CloudNativePG itself',
    tachtit,
    [['retention: 14d', 'retention: 1w']],
    ['refused tachtit:database.cnpg.backup.retention:retention:14d->1w'],
    'Backups of the database are kept for 1w instead of 14d: after the next',
  ],
  [
    'the same retention in other words',
    tachtit,
    [['retention: 14d', 'retention: 2w']],
    [],
    'Backups of the database are kept for 2w instead of 14d, which is the same.',
  ],
  [
    'backups less often',
    home,
    [['    backup:\n', '    backup:\n      schedule: "0 0 3 * * 0"\n']],
    ['steps home:database.cnpg.backup.schedule:schedule:0 0 3 * * *->0 0 3 * * 0'],
    'The database is backed up every Sunday at 03:00:00 UTC (once in 7 days); before: every day at 03:00:00 UTC (on',
  ],
  [
    'backups more often',
    home,
    [['    backup:\n', '    backup:\n      schedule: "0 0 3,15 * * *"\n']],
    [],
    'The database is backed up every day at 03:00:00 and 15:00:00 UTC (2 ti',
  ],
  [
    'backups at another hour',
    home,
    [['    backup:\n', '    backup:\n      schedule: "0 0 4 * * *"\n']],
    [],
    'The database is backed up every day at 04:00:00 UTC (once a day); befo',
  ],
  [
    'no backup of the database',
    home,
    [
      [
        '    backup:\n      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
        '    backup: none\n    reason: test',
      ],
    ],
    [
      'steps home:database.cnpg.backup.drill:drillOff:immich-drill->nothing',
      'steps home:database.cnpg.backup:backupOff:backup->none',
      'steps home:network:policy:immich-db',
    ],
    'Nothing restores a backup as a test any more: whether they can be rest',
  ],
  [
    'no drill',
    home,
    [['    backup:\n', '    backup:\n      drill: none\n']],
    ['steps home:database.cnpg.backup.drill:drillOff:immich-drill->nothing'],
    'Nothing restores a backup as a test any more: whether they can be rest',
  ],
  [
    'a drill at another time',
    home,
    [['    backup:\n', '    backup:\n      drill: { schedule: "0 7 * * *" }\n']],
    [],
    'The restore drill runs every day at 07:00 (once a day); before: every Sunday at 04:30 (once in 7 days).',
  ],
  [
    'the plugin instead of barmanObjectStore',
    tachtit,
    [['      method: barmanObjectStore\n', '']],
    [
      'steps tachtit:database.cnpg.backup.method:method:barmanObjectStore->plugin',
      'steps tachtit:ObjectStore/immich-drill:need:immich-drill/immich-backup-read/AZURE_STORAGE_ACCOUNT,AZURE_STORAGE_SAS_TOKEN',
    ],
    'immich-db-tachtit-cnpg-v0 is backed up by the Barman Cloud plugin from',
  ],
  [
    'a backup of the library',
    home,
    [['backup: none, reason: test', 'backup: { volsync: {} }']],
    ['steps home:ReplicationSource/immich-library:need:immich/immich-library-restic'],
    'The Secret immich/immich-library-restic must exist',
  ],
  [
    'no backup of the library',
    edited(home, ['backup: none, reason: test', 'backup: { volsync: {} }']),
    [['backup: { volsync: {} }', 'backup: none, reason: test']],
    ['steps home:volumes.library.backup:backupOff:immich-library->nothing'],
    'ReplicationSource immich/immich-library is gone: it makes no backups any more. Those that are there stay, and ',
  ],
  [
    'no snapshots',
    k3s,
    [['    longhorn: { snapshots: { schedule: "0 1 * * *", retain: 14 } }\n', '']],
    ['steps k3s:volumes.library:backupOff:immich-immich-library->nothing'],
    'RecurringJob longhorn-system/immich-immich-library is gone: it makes no snapshots any more. Those that are the',
  ],
  [
    'fewer snapshots',
    k3s,
    [['retain: 14', 'retain: 7']],
    ['refused k3s:volumes.library:retention:14->7'],
    'RecurringJob longhorn-system/immich-immich-library keeps 7 instead of ',
  ],
  [
    'more snapshots',
    k3s,
    [['retain: 14', 'retain: 20']],
    [],
    'RecurringJob longhorn-system/immich-immich-library keeps 20 instead of',
  ],
  [
    'no guard against deletion',
    home,
    [['volumes:\n', 'protection: { admission: false }\nvolumes:\n']],
    ['refused home:protection.admission:remove:guard->nothing'],
    'The guard against deletion goes: from then on one kubectl delete, or o',
  ],
  [
    'a guard against deletion',
    edited(home, ['volumes:\n', 'protection: { admission: false }\nvolumes:\n']),
    [['protection: { admission: false }\n', '']],
    [],
    'Kustomization flux-system/immich-home-protection, one of our layers, i',
  ],
  [
    'no network policies',
    home,
    [['volumes:\n', 'network: { policies: false }\nvolumes:\n']],
    [
      'steps home:network:open:acme-http01-solver,default-deny,immich-db,immich-machine-learning,immich-server,immich-valkey,immich-vectorchord,immich-drill-db,immich-drill',
    ],
    'Network policies go (acme-http01-solver, default-deny, immich-db, immi',
  ],
  [
    'network policies',
    edited(home, ['volumes:\n', 'network: { policies: false }\nvolumes:\n']),
    [['network: { policies: false }\n', '']],
    [
      'steps home:network:close:acme-http01-solver,default-deny,immich-db,immich-machine-learning,immich-server,immich-valkey,immich-vectorchord,immich-drill-db,immich-drill',
    ],
    'New network policies (acme-http01-solver, default-deny, immich-db, imm',
  ],
  [
    'another host',
    home,
    [['photos.example.com', 'pictures.example.com']],
    ['steps home:host:host:photos.example.com->pictures.example.com'],
    'Immich no longer answers at photos.example.com, but at pictures.exampl',
  ],
  [
    'another door',
    edited(home, [
      'certificate: { clusterIssuer: letsencrypt-prod }',
      'ingress: { class: nginx }\nnetwork: { policies: false }',
    ]),
    [
      [
        'ingress: { class: nginx }',
        'gateway: { class: envoy, parents: [{ name: external, namespace: network }] }',
      ],
    ],
    [
      'steps home:route:door:the class nginx->the Gateway network/external',
      'steps home:HTTPRoute/immich:need:Gateway/external',
    ],
    'Immich is reached by the Gateway network/external instead of the class nginx: uploads',
  ],
  [
    'another Gateway behind the same class',
    edited(home, [
      'certificate: { clusterIssuer: letsencrypt-prod }',
      'gateway: { class: envoy, parents: [{ name: external, namespace: network }] }\nnetwork: { policies: false }',
    ]),
    [['name: external', 'name: internal']],
    [
      'steps home:route:door:the Gateway network/external->the Gateway network/internal',
      'steps home:HTTPRoute/immich:need:Gateway/internal',
    ],
    'Immich is reached by the Gateway network/internal instead of the Gateway network/external',
  ],
  [
    'no door of ours any more',
    edited(home, [
      'certificate: { clusterIssuer: letsencrypt-prod }',
      'middlewares: []\nnetwork: { policies: false }',
    ]),
    [['middlewares: []', 'none: {}']],
    ['steps home:route:door:Traefik at websecure->nothing'],
    'No route leads to Immich any more, and Traefik at websecure no longer',
  ],
  [
    'another issuer',
    home,
    [['letsencrypt-prod', 'other']],
    ['steps home:route.certificate:certificate', 'steps home:Certificate/immich:need:ClusterIssuer/other'],
    'The certificate immich is asked of another issuer (ClusterIssuer other): the present one is shown until that h',
  ],
  [
    'no certificate',
    home,
    [['route:\n  certificate: { clusterIssuer: letsencrypt-prod }\n', '']],
    ['steps home:route.certificate:certificate'],
    'The certificate immich is no longer renewed: phones and browsers refuse Immich when it runs out, or at once wh',
  ],
  [
    'a login before Immich',
    home,
    [['route:\n', 'route:\n  authentication: { middleware: authelia }\n']],
    [
      'steps home:route.authentication:authenticate:nothing->authelia',
      'steps home:IngressRoute/immich:need:Middleware/authelia',
    ],
    'authelia stands before Immich from now on: where it asks for a login, phones can pass only if /api and /.well-',
  ],
  [
    'no login before Immich',
    edited(home, ['route:\n', 'route:\n  authentication: { middleware: authelia }\n']),
    [['  authentication: { middleware: authelia }\n', '']],
    ['steps home:route.authentication:unauthenticate:authelia->nothing'],
    'authelia no longer stands before Immich: where it asked for a login, everybody who reaches the host now sees I',
  ],
  [
    'the first configuration file',
    home,
    [['volumes:\n', 'config: { newVersionCheck: { enabled: false } }\nvolumes:\n']],
    ['steps home:config:config:nothing->file'],
    'Immich reads its configuration from a file from now on: every setting ',
  ],
  [
    'no configuration file',
    edited(home, ['volumes:\n', 'config: { newVersionCheck: { enabled: false } }\nvolumes:\n']),
    [['config: { newVersionCheck: { enabled: false } }\n', '']],
    ['steps home:config:config:file->nothing'],
    'Immich reads no configuration file any more: the settings made in the ',
  ],
  [
    'another configuration',
    edited(home, ['volumes:\n', 'config: { newVersionCheck: { enabled: false } }\nvolumes:\n']),
    [['enabled: false', 'enabled: true']],
    ['steps home:network:policy:immich-server', 'restarting home:config:configuration:immich-config'],
    'immich-server may reach any address on 443.',
  ],
  [
    'a configuration in a Secret',
    home,
    [['volumes:\n', 'configSecret: { secret: immich-config, key: immich.yaml }\nvolumes:\n']],
    [
      'steps home:config:config:nothing->file',
      'steps home:Deployment/immich-server:need:immich/immich-config/immich.yaml',
    ],
    'Immich reads its configuration from a file from now on: every setting ',
  ],
  [
    'more memory for the server',
    home,
    [['volumes:\n', 'server: { resources: { limits: { memory: 6Gi } } }\nvolumes:\n']],
    ['restarting home:Deployment/immich-server:fields:containers[server].resources.limits.memory'],
    'Deployment immich/immich-server: containers[server].resources.limits.m',
  ],
  [
    'another time zone',
    home,
    [['volumes:\n', 'timezone: Europe/Zurich\nvolumes:\n']],
    ['restarting home:Deployment/immich-server:fields:TZ'],
    'Deployment immich/immich-server: TZ changed: its pods restart, which takes about a minute.',
  ],
  [
    'another Valkey',
    home,
    [['volumes:\n', 'valkey: { image: docker.io/valkey/valkey:9.0-alpine }\nvolumes:\n']],
    [
      'restarting home:valkey.image:image:docker.io/valkey/valkey:9.1-alpine->docker.io/valkey/valkey:9.0-alpine',
    ],
    'Valkey comes from docker.io/valkey/valkey:9.0-alpine instead of docker.io/valkey/valkey:9.1-alpine, and restar',
  ],
  [
    'monitors',
    home,
    [['volumes:\n', 'monitoring: { enabled: true }\nvolumes:\n']],
    [
      'steps home:network:policy:immich-db',
      'steps home:network:policy:immich-server',
      'restarting home:Deployment/immich-server:fields:IMMICH_TELEMETRY_INCLUDE, containers[server].ports[metrics-api], containers[server].ports[metrics-jobs]',
    ],
    'immich-db may be reached by every pod in monitoring on 9187.',
  ],
  [
    'no monitors',
    edited(home, ['volumes:\n', 'monitoring: { enabled: true }\nvolumes:\n']),
    [['monitoring: { enabled: true }\n', '']],
    [
      'steps home:network:policy:immich-db',
      'steps home:network:policy:immich-server',
      'restarting home:Deployment/immich-server:fields:IMMICH_TELEMETRY_INCLUDE, containers[server].ports[metrics-api], containers[server].ports[metrics-jobs]',
    ],
    'immich-db can no longer be reached by every pod in monitoring on 9187.',
  ],
  [
    'no dashboard any more',
    edited(home, ['volumes:\n', 'monitoring: { enabled: true }\nvolumes:\n']),
    [['monitoring: { enabled: true }\n', 'monitoring: { enabled: true, dashboards: none }\n']],
    [],
    'ConfigMap immich/immich-dashboard is gone from dist',
  ],
  [
    'a dashboard for the operator of Grafana',
    edited(home, ['volumes:\n', 'monitoring: { enabled: true, dashboards: none }\nvolumes:\n']),
    [['dashboards: none', 'dashboards: { grafanaDashboard: {} }']],
    [],
    'GrafanaDashboard immich/immich-dashboard is new.',
  ],
  [
    'no drill in the dashboard any more, of which Grafana alone hears',
    edited(home, ['volumes:\n', 'monitoring: { enabled: true }\nvolumes:\n']),
    [['    backup:\n', '    backup:\n      drill: none\n      reason: tried by hand\n']],
    ['steps home:database.cnpg.backup.drill:drillOff:immich-drill->nothing'],
    'Nothing restores a backup as a test any more',
  ],
  [
    'another interval of Flux',
    home,
    [['volumes:\n', 'flux: { interval: 30m }\nvolumes:\n']],
    [],
    'Kustomization flux-system/immich-home-app: spec.interval changed: Flux',
  ],
  [
    'another path of Flux',
    home,
    [['volumes:\n', 'flux: { path: other }\nvolumes:\n']],
    ['steps home:flux:path:./dist/home/home/app->./other/home/home/app'],
    'Flux looks for the manifests elsewhere: at ./other/home/home/app of Gi',
  ],
  [
    'a parameter of PostgreSQL',
    home,
    [['    backup:\n', '    parameters: { work_mem: 32MB }\n    backup:\n']],
    [],
    'Cluster immich/immich-db: spec.postgresql.parameters.work_mem changed: PostgreSQL reads it anew, and nothing r',
  ],
  [
    'machine learning from another image of the version',
    home,
    [
      [
        'volumes:\n',
        'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-extra" }\nvolumes:\n',
      ],
    ],
    [
      'restarting home:machineLearning.image:image:ghcr.io/immich-app/immich-machine-learning:v3.3.1->ghcr.io/immich-app/immich-machine-learning:v3.3.1-extra',
    ],
    'Machine learning v3.3.1 comes from another image of the same version, and restarts: about a minute.',
  ],
  [
    'VectorChord up',
    tachtit,
    [['16.9-0.4.3', '16.9-0.5.3']],
    ['steps tachtit:database.cnpg.image:vectorchord:0.4.3->0.5.3'],
    'VectorChord goes from 0.4.3 to 0.5.3: indexes of the old one can be un',
  ],
  [
    'VectorChord down',
    tachtit,
    [['16.9-0.4.3', '16.9-0.3.0']],
    ['refused tachtit:database.cnpg.image:vectorchord-downgrade:0.4.3->0.3.0'],
    'VectorChord goes back from 0.4.3 to 0.3.0: PostgreSQL has no way to ta',
  ],
  [
    'PostgreSQL, minor',
    tachtit,
    [['16.9-0.4.3', '16.14-0.4.3']],
    ['restarting tachtit:database.cnpg.image:update:16.9->16.14'],
    'PostgreSQL 16.9 becomes 16.14, of the same major version: the replicas',
  ],
  [
    'PostgreSQL, minor, back',
    tachtit,
    [['16.9-0.4.3', '16.8-0.4.3']],
    ['steps tachtit:database.cnpg.image:downgrade:16.9->16.8'],
    'PostgreSQL 16.9 becomes 16.8, of the same major version: the replicas ',
  ],
  [
    'PostgreSQL, major, back',
    tachtit,
    [['16.9-0.4.3', '15.18-0.4.3']],
    ['refused tachtit:database.cnpg.image:downgrade:16.9->15.18'],
    'PostgreSQL 15 cannot read the files of PostgreSQL 16: the database doe',
  ],
  [
    'PostgreSQL, major, in the same folder',
    tachtit,
    [['16.9-0.4.3', '17.10-0.4.3']],
    ['refused tachtit:database.cnpg.image:upgrade:16.9->17.10'],
    'PostgreSQL 16 becomes 17, and it would archive into the same folder im',
  ],
  [
    'PostgreSQL, major, with VectorChord',
    tachtit,
    [
      ['    instances: 2\n', '    instances: 2\n    lineage: v1\n'],
      ['16.9-0.4.3', '17.10-0.5.3'],
    ],
    ['refused tachtit:database.cnpg.image:upgrade:16.9->17.10'],
    'PostgreSQL 16 becomes 17, and VectorChord changes with it, from 0.4.3 ',
  ],
  [
    'PostgreSQL, major, with a new lineage',
    tachtit,
    [
      ['    instances: 2\n', '    instances: 2\n    lineage: v1\n'],
      ['16.9-0.4.3', '17.10-0.4.3'],
    ],
    ['steps tachtit:database.cnpg.image:upgrade:16.9->17.10'],
    'PostgreSQL 16 becomes 17: CloudNativePG stops all instances, runs pg_u',
  ],
  [
    'PostgreSQL, the way back from a failed upgrade',
    edited(
      tachtit,
      ['    instances: 2\n', '    instances: 2\n    lineage: v1\n'],
      ['16.9-0.4.3', '17.10-0.4.3'],
    ),
    [
      ['    lineage: v1\n', ''],
      ['17.10-0.4.3', '16.9-0.4.3'],
    ],
    ['steps tachtit:database.cnpg.image:wayBack:17.10->16.9'],
    'PostgreSQL 17 becomes 16 again, in another archive folder (immich-db-t',
  ],
  [
    'the same image by its digest',
    tachtit,
    [['16.9-0.4.3', '16.9-0.4.3@sha256:0123456789012345678901234567890123456789012345678901234567890123']],
    [
      'restarting tachtit:database.cnpg.image:image:ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3->ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3@sha256:0123456789012345678901234567890123456789012345678901234567890123',
    ],
    'The image of the database is another one of the same versions: the instances restart one after the other, and ',
  ],
  [
    'an image from another registry',
    tachtit,
    [
      [
        'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
        'docker.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
      ],
    ],
    [
      'restarting tachtit:database.cnpg.image:image:ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3->docker.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
    ],
    'The image of the database is another one of the same versions: the instances restart one after the other, and ',
  ],
  [
    'Cilium',
    home,
    [['volumes:\n', `network: { flavor: cilium }\nvolumes:\n`]],
    [
      'steps home:network.flavor:flavor:kubernetes->cilium',
      'steps home:network:policy:immich-db,immich-drill-db',
      'steps home:network:policy:immich-drill',
      'steps home:network:policy:immich-machine-learning,immich-server,immich-vectorchord',
    ],
    'The policies are written for Cilium from now on: it is told the Kubernetes API and hosts by their names, which',
  ],
  [
    'no longer Cilium',
    edited(home, ['volumes:\n', 'network: { flavor: cilium }\nvolumes:\n']),
    [['network: { flavor: cilium }\n', '']],
    [
      'steps home:network.flavor:flavor:cilium->kubernetes',
      'steps home:network:policy:immich-db,immich-drill-db',
      'steps home:network:policy:immich-drill',
      'steps home:network:policy:immich-machine-learning,immich-server,immich-vectorchord',
    ],
    'The policies are written without Cilium from now on, by addresses alone. Where Cilium still runs, it matches n',
  ],
  [
    'a way out of the server',
    home,
    [
      [
        'volumes:\n',
        `network: { egress: [{ from: server, to: { cidr: 203.0.113.7/32 }, ports: [443], why: a reverse geocoder }] }\nvolumes:\n`,
      ],
    ],
    ['steps home:network:policy:immich-server'],
    'immich-server may reach 203.0.113.7/32 on 443.',
  ],
  [
    'no way out of the server any more',
    edited(home, [
      'volumes:\n',
      `network: { egress: [{ from: server, to: { cidr: 203.0.113.7/32 }, ports: [443], why: a reverse geocoder }] }\nvolumes:\n`,
    ]),
    [
      [
        `network: { egress: [{ from: server, to: { cidr: 203.0.113.7/32 }, ports: [443], why: a reverse geocoder }] }\n`,
        '',
      ],
    ],
    ['steps home:network:policy:immich-server'],
    'immich-server can no longer reach 203.0.113.7/32 on 443.',
  ],
  [
    'a way out of the server with Cilium',
    edited(home, ['volumes:\n', 'network: { flavor: cilium }\nvolumes:\n']),
    [
      [
        'flavor: cilium',
        `flavor: cilium, egress: [{ from: server, to: { cidr: 203.0.113.7/32 }, ports: [443], why: a reverse geocoder }]`,
      ],
    ],
    ['steps home:network:policy:immich-server'],
    'immich-server may reach 203.0.113.7/32 on 443.',
  ],
  [
    'somebody else who may connect to the server',
    home,
    [
      [
        'volumes:\n',
        `network: { clients: [{ from: { namespace: kiosk, labels: { app: kiosk } }, why: a kiosk }] }\nvolumes:\n`,
      ],
    ],
    ['steps home:network:policy:immich-server'],
    'immich-server may be reached by kiosk in kiosk on 2283.',
  ],
  [
    'the API server by its address',
    home,
    [['volumes:\n', `network: { apiServer: [10.0.0.10/32] }\nvolumes:\n`]],
    ['steps home:network:policy:immich-db,immich-drill-db', 'steps home:network:policy:immich-drill'],
    'immich-db and immich-drill-db may be reached by 10.0.0.10/32 on 8000, and may reach 10.0.0.10/32 on 443, 6443,',
  ],
  [
    'the API server on another port',
    home,
    [['volumes:\n', `network: { apiServer: { addresses: [10.0.0.10/32], ports: [16443] } }\nvolumes:\n`]],
    ['steps home:network:policy:immich-db,immich-drill-db', 'steps home:network:policy:immich-drill'],
    'immich-db and immich-drill-db may be reached by 10.0.0.10/32 on 8000, and may reach 10.0.0.10/32 on 16443, and',
  ],
  [
    'names looked up elsewhere',
    home,
    [['volumes:\n', `network: { dns: [{ namespace: dns, labels: { app: coredns } }] }\nvolumes:\n`]],
    [
      'steps home:network:policy:immich-db,immich-machine-learning,immich-server,immich-vectorchord,immich-drill-db,immich-drill',
    ],
    'immich-db, immich-machine-learning, immich-server, immich-vectorchord, immich-drill-db and immich-drill may re',
  ],
  [
    'the server reaches the internet',
    home,
    [['volumes:\n', `server: { internet: true }\nvolumes:\n`]],
    ['steps home:network:policy:immich-server'],
    'immich-server may reach any IPv4 address but 10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168',
  ],
  [
    'another Traefik',
    home,
    [['route:\n', 'route:\n  traefik: { namespaces: [ingress] }\n']],
    [
      'steps home:network:policy:acme-http01-solver',
      'steps home:network:policy:immich-db,immich-drill-db',
      'steps home:network:policy:immich-server',
    ],
    'acme-http01-solver may be reached by traefik in ingress on 8089, and can no longer be reached by traefik in ku',
  ],
  [
    'a middleware that limits',
    home,
    [['route:\n', 'route:\n  middlewares: [ratelimit]\n']],
    [
      'steps home:route.authentication:authenticate:nothing->ratelimit',
      'steps home:IngressRoute/immich:need:Middleware/ratelimit',
    ],
    'ratelimit stands before Immich from now on: where it asks for a login, phones can pass only if /api and /.well',
  ],
  [
    'another login before Immich',
    edited(home, ['route:\n', 'route:\n  authentication: { middleware: authelia }\n']),
    [['authelia', 'authentik']],
    [
      'steps home:route.authentication:unauthenticate:authelia->authentik',
      'steps home:IngressRoute/immich:need:Middleware/authentik',
    ],
    'authentik stands before Immich, in the place of authelia.',
  ],
  [
    'a certificate in a Secret',
    home,
    [['clusterIssuer: letsencrypt-prod', 'secret: photos-tls']],
    ['steps home:route.certificate:certificate'],
    'The certificate immich is no longer renewed: phones and browsers refuse Immich when it runs out, or at once wh',
  ],
  [
    'an issuer in the namespace',
    home,
    [['clusterIssuer: letsencrypt-prod', 'issuer: letsencrypt']],
    ['steps home:route.certificate:certificate', 'steps home:Certificate/immich:need:Issuer/letsencrypt'],
    'The certificate immich is asked of another issuer (Issuer letsencrypt): the present one is shown until that ha',
  ],
  [
    'the first certificate',
    edited(home, ['route:\n  certificate: { clusterIssuer: letsencrypt-prod }\n', '']),
    [['volumes:\n', 'route:\n  certificate: { clusterIssuer: letsencrypt-prod }\nvolumes:\n']],
    [
      'steps home:route.certificate:certificate',
      'steps home:Certificate/immich:need:ClusterIssuer/letsencrypt-prod',
    ],
    'The certificate is a new one (Certificate immich): until it is issued another one is shown',
  ],
  [
    'a variable of the server',
    home,
    [['volumes:\n', `server: { environment: { IMMICH_LOG_LEVEL: debug } }\nvolumes:\n`]],
    ['restarting home:Deployment/immich-server:fields:IMMICH_LOG_LEVEL'],
    'Deployment immich/immich-server: IMMICH_LOG_LEVEL changed: its pods restart, which takes about a minute.',
  ],
  [
    'machine learning without the internet',
    home,
    [['volumes:\n', `machineLearning: { offline: true }\nvolumes:\n`]],
    [
      'steps home:network:policy:immich-machine-learning',
      'restarting home:Deployment/immich-machine-learning:fields:HF_HUB_OFFLINE',
    ],
    'immich-machine-learning can no longer reach any IPv4 address but 10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 17',
  ],
  [
    'another user of the server',
    home,
    [['volumes:\n', `server: { user: 2000, group: 2000 }\nvolumes:\n`]],
    [
      'steps home:Deployment/immich-server:fields:securityContext.fsGroup, securityContext.runAsGroup, securityContext.runAsUser',
    ],
    'Deployment immich/immich-server: securityContext.fsGroup, securityContext.runAsGroup, securityContext.runAsUse',
  ],
  [
    'Valkey that keeps its queues',
    home,
    [['volumes:\n', `valkey: { persistence: { storageClass: longhorn, size: 1Gi } }\nvolumes:\n`]],
    [
      'restarting home:Deployment/immich-valkey:configuration:immich-valkey',
      'restarting home:valkey.persistence:storage:memory->immich-valkey',
    ],
    'ConfigMap immich/immich-valkey changed, and Deployment immich/immich-valkey restarts to read it: about a minut',
  ],
  [
    'Valkey with its digest',
    home,
    [
      [
        'volumes:\n',
        `valkey: { image: "docker.io/valkey/valkey:9.1-alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123" }\nvolumes:\n`,
      ],
    ],
    [
      'restarting home:valkey.image:image:docker.io/valkey/valkey:9.1-alpine->docker.io/valkey/valkey:9.1-alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123',
    ],
    'Valkey comes from docker.io/valkey/valkey:9.1-alpine@sha256:01234567890123456789012345678901234567890123456789',
  ],
  [
    'another image of the drill',
    home,
    [['    backup:\n', `    backup:\n      drill: { image: "ghcr.io/fluxcd/flux-cli:v2.9.5" }\n`]],
    [],
    '',
  ],
  [
    'a drill less often',
    home,
    [['    backup:\n', `    backup:\n      drill: { schedule: "30 4 1 * *" }\n`]],
    ['steps home:CronJob/immich-drill:schedule:30 4 * * 0->30 4 1 * *'],
    'The restore drill runs every month on day 1 at 04:30 (once in 30 days); before: every Sunday at 04:30 (once in',
  ],
  [
    'a drill in another namespace',
    home,
    [['    backup:\n', `    backup:\n      drill: { namespace: other-drill }\n`]],
    [],
    '',
  ],
  [
    'no compression of backups',
    home,
    [['    backup:\n', `    backup:\n      compression: none\n`]],
    [
      'restarting home:ObjectStore/immich-db:fields:spec.configuration.data.compression, spec.configuration.wal.compression',
    ],
    'ObjectStore immich/immich-db: spec.configuration.data.compression, spec.configuration.wal.compression changed:',
  ],
  [
    'a folder in the bucket',
    home,
    [['bucket: immich-backups,', 'bucket: immich-backups, folder: other,']],
    [
      'refused home:database.cnpg.backup.s3:store:s3://immich-backups/immich at https://s3.example.com->s3://immich-backups/other at https://s3.example.com',
    ],
    'Backups of immich-db would go to s3://immich-backups/other at https://s3.example.com, which is empty or holds ',
  ],
  [
    'more memory of PostgreSQL',
    home,
    [['    backup:\n', `    parameters: { shared_buffers: 1GB }\n    backup:\n`]],
    ['restarting home:Cluster/immich-db:fields:spec.postgresql.parameters.shared_buffers'],
    'Cluster immich/immich-db: spec.postgresql.parameters.shared_buffers changed: the instances of the database res',
  ],
  [
    'more memory for the database',
    home,
    [['    backup:\n', `    resources: { limits: { memory: 4Gi } }\n    backup:\n`]],
    [
      'restarting home:Cluster/immich-db:fields:spec.postgresql.parameters.shared_buffers, spec.resources.limits.memory',
    ],
    'Cluster immich/immich-db: spec.postgresql.parameters.shared_buffers, spec.resources.limits.memory changed: the',
  ],
  [
    'a larger volume for the write-ahead log',
    edited(home, ['    backup:\n', '    walStorage: { storageClass: longhorn, size: 5Gi }\n    backup:\n']),
    [['size: 5Gi', 'size: 8Gi']],
    [],
    '',
  ],
  [
    'a smaller volume for the write-ahead log',
    edited(home, ['    backup:\n', '    walStorage: { storageClass: longhorn, size: 5Gi }\n    backup:\n']),
    [['size: 5Gi', 'size: 4Gi']],
    ['refused home:database.cnpg.walStorage.size:shrink:5Gi->4Gi'],
    '"4Gi" is less than "5Gi", but the storage of a database cannot shrink.',
  ],
  [
    'larger models',
    home,
    [['size: 20Gi }\ndatabase', 'size: 30Gi }\ndatabase']],
    [],
    'PersistentVolumeClaim immich/immich-models: spec.resources.requests.storage changed: it grows',
  ],
  [
    'another access mode of the library',
    home,
    [['size: 500Gi, backup', 'size: 500Gi, accessMode: ReadWriteMany, backup']],
    ['refused home:volumes.library.accessMode:change:ReadWriteOnce->ReadWriteMany'],
    'ReadWriteOnce became ReadWriteMany, but this cannot be changed in a claim that exists.',
  ],
  [
    'another mount option of the library',
    tachtit,
    [['path: /export/immich/library }', 'path: /export/immich/library, mountOptions: [nfsvers=4.2] }']],
    [],
    '',
  ],
  [
    'another namespace of Flux',
    home,
    [['volumes:\n', `flux: { namespace: gitops }\nvolumes:\n`]],
    ['steps home:flux.namespace:layout:flux-system->gitops'],
    'Every layer gets another Kustomization: those of the namespace gitops in the place of those of flux-system.',
  ],
  [
    'another password of the external database',
    k3s,
    [['secret: immich-db, key: password', 'secret: other, key: password']],
    [
      'steps k3s:Deployment/immich-server:need:immich/other/password',
      'restarting k3s:Deployment/immich-server:fields:DB_PASSWORD',
    ],
    'The Secret immich/other must exist with the key password, and did not have to: as long as it is missing, the p',
  ],
  [
    'another user of the external database',
    k3s,
    [['username: immich', 'username: photos']],
    ['steps k3s:database.external.username:user:immich->photos'],
    'Immich logs in to its database as photos instead of immich: it starts only where photos may log in',
  ],
  [
    'another schedule of snapshots',
    k3s,
    [['"0 1 * * *"', '"0 1 * * 0"']],
    ['steps k3s:volumes.library:schedule:0 1 * * *->0 1 * * 0'],
    'The volume is backed up or snapshotted every Sunday at 01:00 (once in 7 days); before: every day at 01:00 (onc',
  ],
  [
    'the namespace, with a database of others',
    k3s,
    [['host: photos', 'namespace: photos\nhost: photos']],
    [
      'refused k3s:namespace:rename:immich->photos',
      'steps k3s:volumes.library:backupOff:immich-immich-library->nothing',
    ],
    'Kubernetes cannot rename a namespace: Immich starts in photos with new, empty volumes, while the photos stay b',
  ],
];

test.each(rows)('%s', (_what, base, edits, expected, sentence) => {
  const changes = changesOfEdits(base, ...edits);
  const told = changes.filter(({ grade }) => grade !== 'routine');
  expect(told.map(({ grade, id }) => `${grade} ${id}`)).toEqual(expected);
  expect(changes[0]?.sentence.startsWith(sentence)).toBe(true);
});
