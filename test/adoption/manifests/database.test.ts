import { adoptRepository } from '../../../lib/adoption/adoption.ts';
import { protectionsFor } from '../../../lib/adoption/protection.ts';
import { switchTo } from '../../../lib/adoption/switch.ts';
import { filesOf } from '../../../lib/files/texts.ts';
import { readRepository } from '../../../lib/repository/repository.ts';
import { synthesize } from '../../../lib/synthesis/synthesis.ts';

const server = (variables: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  selector: { matchLabels: { app: immich } }
  template:
    metadata: { labels: { app: immich } }
    spec:
      securityContext: { runAsUser: 1000 }
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env: [${variables}]
          volumeMounts: [{ name: photos, mountPath: /data }]
      volumes: [{ name: photos, persistentVolumeClaim: { claimName: photos } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }
spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 10Gi } } }
`;
const cluster = (namespace: string, spec: string) => `---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: pg, namespace: ${namespace} }
spec:
  instances: 1
  storage: { storageClass: fast, size: 10Gi }
${spec.replace(/^/gm, '  ')}
`;
const vectorchord = 'imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\n';
const named = 'bootstrap: { initdb: { database: immich, owner: immich } }\n';
const login = (host: string) =>
  `{ name: DB_HOSTNAME, value: ${host} }, { name: DB_USERNAME, value: immich }, { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: pg-app, key: password } } }`;

/** The adoption of manifests, with what the switch to its dist does. */
function adopted(...texts: string[]) {
  const files = new Map([['immich.yaml', texts.join('')]]);
  const found = adoptRepository(readRepository(filesOf('.', files)), { name: 'home', schema: undefined });
  if (found?.today === undefined) throw new Error('There is no Immich.');
  expect(found.problems).toEqual([]);
  const dist = synthesize(new Map([['home.yaml', found.standIn]])).files ?? new Map();
  return {
    text: found.text,
    pieces: found.pieces,
    today: found.today,
    change: switchTo('home', found.today, dist),
  };
}

function expectNothingAnew({ change }: ReturnType<typeof adopted>) {
  const holders = /^(Cluster|PersistentVolumeClaim|PersistentVolume) /;
  expect(change.lost).toEqual([]);
  expect(change.added.filter((name) => holders.test(name) && !/drill|immich-models/.test(name))).toEqual([]);
  expect(change.leaving.filter((name) => holders.test(name))).toEqual([]);
}

test('a Cluster beside Immich that nobody else uses is carried on', () => {
  const found = adopted(server(login('pg-rw')), cluster('immich', vectorchord + named));
  expect(found.text).toContain('    name: pg # from immich.yaml:');
  expect(found.text).not.toMatch(/existing:|external:/);
  expectNothingAnew(found);
  expect(found.change.kept).toContain('Cluster immich/pg');
});

describe('a Cluster that others own is named, and nothing of it is changed', () => {
  test.each([
    [
      'in another namespace',
      server(login('pg-rw.databases')),
      cluster('databases', vectorchord),
      'it is in the namespace databases',
    ],
    [
      'with a role of another program',
      server(login('pg-rw')),
      cluster('immich', `${vectorchord}${named}managed: { roles: [{ name: nextcloud }, { name: immich }] }`),
      'the role nextcloud is in it too',
    ],
    [
      'with a database of another program',
      server(login('pg-rw')),
      `${cluster('immich', vectorchord + named)}---
apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: paperless, namespace: immich }
spec: { name: paperless, owner: paperless, cluster: { name: pg } }
`,
      'the database paperless is in it too',
    ],
    [
      'that another program connects to',
      server(login('pg-rw')),
      `${cluster('immich', vectorchord + named)}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: paperless, namespace: papers }
spec: { template: { spec: { containers: [{ image: "paperless:1", env: [{ name: URL, value: "postgresql://u:p@pg-rw.immich:5432/p" }] }] } } }
`,
      'the Deployment paperless connects to it too',
    ],
    [
      'whose image stands in a catalog',
      server(login('pg-rw')),
      cluster('immich', `${named}imageCatalogRef: { kind: ClusterImageCatalog, name: all, major: 17 }`),
      'its image does not say which VectorChord it has',
    ],
  ])('%s', (_, immich, database, because) => {
    const found = adopted(immich, database);
    expect(found.text.replace(/\n *# /g, ' ')).toContain(`dist does not carry it on, since ${because}.`);
    expect(found.text).toContain('      cluster: pg # from');
    expect(found.text).not.toContain('external:');
    expectNothingAnew(found);
    expect(found.change.kept).not.toContain('Cluster immich/pg');
  });

  test('with the Secret of today where it has both keys, and the extension that is mounted', () => {
    const basic =
      '{ name: DB_HOSTNAME, value: pg-rw.databases }, { name: DB_USERNAME, valueFrom: { secretKeyRef: { name: login, key: username } } }, { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: login, key: password } } }';
    const image =
      'imageName: ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm\npostgresql: { extensions: [{ name: vchord, image: { reference: "ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1" } }] }\n';
    const secret = `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: immich }
spec: { target: { template: { data: { username: immich, password: "{{ .p }}" } } } }
`;
    const { text } = adopted(server(basic), secret, cluster('databases', image));
    expect(text).toContain('        secret: login # from');
    expect(text).toContain('      image: ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1 # from');
    // Where only the Secret tells the name of the role, a database of another name could be made beside that of today.
    const unknown = adopted(server(basic), cluster('databases', image)).text;
    expect(unknown).toMatch(
      /secret: "<fill in: .* where role and database are not both called immich, write database.external/,
    );
  });

  test('with its backups, for a drill, where a key says their folder', () => {
    const archived = (serverName: string) =>
      adopted(
        server(login('pg-rw.databases')),
        cluster(
          'databases',
          `${vectorchord}backup: { retentionPolicy: 20d, barmanObjectStore: { destinationPath: "s3://theirs/pg", serverName: ${serverName}, endpointURL: "https://s3.example.com", s3Credentials: { accessKeyId: { name: s3, key: id }, secretAccessKey: { name: s3, key: key } } } }`,
        ),
      ).text;
    expect(archived('pg-v3')).toContain('lineage: v3 # from');
    expect(archived('pg-v3')).toContain('          bucket: theirs # from');
    expect(archived('pg-v3')).toContain('retention: 20d # from');
    expect(archived('another')).toContain('      store: none\n');
  });
});

describe('what no key of a Cluster can say is a PostgreSQL like any other', () => {
  test.each([
    [
      'a database of another name',
      login('pg-rw').replace('value: immich', 'value: photos'),
      vectorchord + named,
      'owned by photos',
    ],
    [
      'pgvecto.rs',
      login('pg-rw'),
      `imageName: ghcr.io/tensorchord/cloudnative-pgvecto.rs:16.5-v0.3.0\n${named}`,
      'it runs pgvecto.rs',
    ],
  ])('%s', (_, variables, spec, because) => {
    const found = adopted(server(variables), cluster('immich', spec));
    expect(found.text.replace(/\n *# /g, ' ')).toContain(because);
    expect(found.text).toContain('    host: pg-rw.immich.svc.cluster.local # from');
    expectNothingAnew(found);
  });
});

test('a PostgreSQL on pgvecto.rs in another namespace is told', () => {
  const postgres = (image: string) => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: pg, namespace: shared }
spec: { template: { metadata: { labels: { app: pg } }, spec: { containers: [{ name: pg, image: "${image}" }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: pg, namespace: shared }
spec: { selector: { app: pg }, ports: [{ port: 5432 }] }
`;
  const asked = (image: string) => adopted(server(login('pg.shared')), postgres(image)).text;
  expect(asked('tensorchord/pgvecto-rs:pg16-v0.3.0')).toContain('has pgvecto.rs and no VectorChord');
  expect(asked('ghcr.io/immich-app/postgres:16-vectorchord0.4.3')).not.toContain('pgvecto.rs');
});

describe('a Database object of today', () => {
  const object = (policy: string) => `---
apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: photos, namespace: immich }
spec: { name: immich, owner: immich, cluster: { name: pg }, databaseReclaimPolicy: ${policy} }
`;
  const asked = (policy: string) => {
    const { text, today } = adopted(
      server(login('pg-rw')),
      cluster('immich', vectorchord + named),
      object(policy),
    );
    expect(text).toContain('The Database photos goes with the second commit');
    return protectionsFor(today).filter((one) => one.object.startsWith('Database '));
  };

  test('that would take the database along is told to let it stay, before anything else', () => {
    expect(asked('delete')).toMatchObject([
      { object: 'Database immich/photos', lines: ['databaseReclaimPolicy: retain'] },
    ]);
  });

  test('that lets it stay is left alone', () => {
    expect(asked('retain')).toEqual([]);
  });
});
