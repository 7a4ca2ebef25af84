import { adoptRepository } from '../../lib/adoption/adoption.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { walked } from './walked.ts';

const naming = { name: 'home', schema: undefined };

/** The same for manifests in a text. */
function adoptedText(text: string) {
  return adoptRepository(readRepository(filesOf('.', new Map([['immich.yaml', text]]))), naming);
}

describe('plain manifests', () => {
  const { text, standIn, problems } = walked('plain').adoption;

  test('synth accepts the file once its marks are filled in, and names them until then', () => {
    expect(problems).toEqual([]);
    expect(synthesize(new Map([['home.yaml', standIn]])).files).toBeDefined();
    const marks = parseInstallation('home.yaml', text).problems.filter(
      ({ severity }) => severity === 'error',
    );
    expect(marks.map(({ key }) => key)).toEqual(['volumes.library.reason']);
  });

  test('what holds data keeps its name, with the place where it was read', () => {
    expect(text).toContain('    claim: photos # from apps/photos/data.yaml:8\n');
    expect(text).toContain('    name: photos-db # from apps/photos/database.yaml:4\n');
    expect(text).toContain('    lineage: v2 # from apps/photos/database.yaml:23\n');
    expect(text).toContain('        folder: photos # from apps/photos/database.yaml:31\n');
    expect(text).toContain('  source:\n    name: home # from flux/photos.yaml:8\n');
  });

  test('photos that stand elsewhere are an external library at the same path', () => {
    expect(text).toContain(
      '    mnt-family:\n      nfs: { server: nas.example.net, path: /export/family } # from',
    );
    expect(text).toContain('      path: /mnt/family # from apps/photos/immich.yaml:34\n');
  });

  test('what is made anew stands as a comment with its place and the reason', () => {
    expect(text).toMatch(
      /# apps\/photos\/immich\.yaml:74: Deployment immich-redis is replaced by a Valkey of dist\./,
    );
  });
});

describe('an app-template release in a namespace of many', () => {
  const { text, problems } = walked('app-template').adoption;

  test('is read with what others live there, whose claims and servers stay what they are', () => {
    expect(problems).toEqual([]);
    expect(text).toContain('sharedNamespace: true # from apps/media/other.yaml:1');
    expect(text).toContain('existingClaim: immich-library # from apps/media/immich/helmrelease.yaml:58');
    expect(text).toContain('host: postgres-rw.database.svc.cluster.local # from');
    expect(text).toContain('host: dragonfly.database.svc.cluster.local # from');
    expect(text).toContain('user: 568 # from');
    expect(text).toContain('parents: [{ name: external, namespace: network, section: https }] # from');
    expect(text).toContain('template: "{{y}}/{{MM}}/{{filename}}" # from apps/media/immich/config.yaml:5');
  });

  test('a device that no key hands out is told', () => {
    expect(text).toMatch(
      /# apps\/media\/immich\/helmrelease\.yaml:34: The device gpu\.intel\.com\/i915 was not/,
    );
  });
});

describe("Immich's own chart", () => {
  const { text, problems } = walked('chart').adoption;

  test('is read with its claim, its Cluster, its Ingress and its configuration', () => {
    expect(problems).toEqual([]);
    expect(text).toContain('version: v2.7.5 # from apps/immich/release.yaml:18');
    expect(text).toContain('existingClaim: immich-library');
    expect(text).toContain('name: immich-database # from apps/immich/data.yaml:26');
    expect(text).toContain('class: nginx # from apps/immich/release.yaml:34');
    expect(text).toContain('days: 60 # from apps/immich/release.yaml:27');
  });

  test('files of root are told, since dist never runs as root', () => {
    expect(text).toMatch(/Immich runs as root today, so its files belong to root/);
    expect(walked('plain').adoption.text).not.toMatch(/as root today/);
  });
});

describe('what lives beside Immich in its namespace', () => {
  const immich = (variables: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: media }
spec:
  template:
    metadata: { labels: { app: immich } }
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env: [${variables}]
`;
  const postgres = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: media }
spec:
  template:
    metadata: { labels: { app: postgres } }
    spec:
      containers:
        - image: ghcr.io/immich-app/postgres:17-vectorchord0.4.3
          ports: [{ containerPort: 5432 }]
---
apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: media }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }
`;

  test('a PostgreSQL stays, is asked by its long name, and policies leave the way open', () => {
    const found = adoptedText(`${immich('{ name: DB_HOSTNAME, value: postgres }')}${postgres}`);
    expect(found?.problems).toEqual([]);
    expect(found?.text).toContain('sharedNamespace: true');
    expect(found?.text).toContain('host: postgres.media.svc.cluster.local # from immich.yaml:10');
    expect(found?.text).toContain('to: { namespace: media, labels: { app: postgres } }, ports: [5432]');
  });

  test('a Valkey in the same pod is made anew beside it', () => {
    const found = adoptedText(immich('{ name: REDIS_HOSTNAME, value: localhost }'));
    expect(found?.problems).toEqual([]);
    expect(found?.text).toMatch(/Valkey runs in the pod of the server today/);
    expect(found?.text).not.toContain('external:\n    host: localhost');
  });
});

test.each([
  ['/data/upload', '/data'],
  ['/usr/src/app/upload/upload', '/tmp/none'],
])('a folder inside the library that is a volume of its own, %s, is no whole library', (inside, whole) => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts:
            - { name: photos, mountPath: ${whole} }
            - { name: uploads, mountPath: ${inside} }
      volumes:
        - { name: photos, persistentVolumeClaim: { claimName: photos } }
        - { name: uploads, persistentVolumeClaim: { claimName: uploads } }
`;
  const found = adoptedText(text);
  expect(found?.problems).toEqual([]);
  expect(found?.text).toContain(`folders: today ${inside} is a volume of its own inside the library`);
  expect(found?.text).not.toContain('externalLibraries');
});

test('a secret in a manifest comes into no file', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - { name: DB_PASSWORD, value: hunter2hunter2 }
            - { name: SMTP_PASSWORD, value: correcthorse }
            - { name: IMMICH_LOG_LEVEL, value: debug }
`;
  const adoption = adoptedText(text);
  expect(adoption?.text).not.toMatch(/hunter2|correcthorse/);
  expect(adoption?.text).toContain('IMMICH_LOG_LEVEL: debug # from immich.yaml:12');
  expect(adoption?.text).toMatch(/SMTP_PASSWORD was not carried over/);
});

test('where there is no server there is no file', () => {
  expect(adoptedText('apiVersion: v1\nkind: Namespace\nmetadata: { name: immich }\n')).toBeUndefined();
});
