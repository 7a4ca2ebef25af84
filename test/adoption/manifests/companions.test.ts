import { adoptRepository } from '../../../lib/adoption/adoption.ts';
import { filesOf } from '../../../lib/files/texts.ts';
import { readRepository } from '../../../lib/repository/repository.ts';

/** The adopted file of a pod, with its comments on one line each. */
function adopted(pod: string, container = 'env: []') {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich, namespace: immich }
spec:
  template:
    spec:
${pod.replace(/^/gm, '      ')}
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
${container.replace(/^/gm, '          ')}
        - { name: sync, image: "example.com/rclone:1" }
`;
  const found = adoptRepository(readRepository(filesOf('.', new Map([['immich.yaml', text]]))), {
    name: 'home',
    schema: undefined,
  });
  expect(found?.problems).toEqual([]);
  return (found?.text ?? '').replace(/\n *# (?!from)/g, ' ');
}

test.each([
  ['image: "ghcr.io/home-operations/postgres-init:18"', 'it makes the role and the database'],
  [
    'image: "postgres:17", command: [sh, -c, "until pg_isready; do sleep 1; done"]',
    'waits for the database by Flux',
  ],
  ['image: "alpine:3", args: ["mkdir -p /l/thumbs && touch /l/thumbs/.immich"]', "it makes Immich's markers"],
  ['image: "alpine:3", command: [chown, -R, "1000", /data]', 'it changes the owner of files'],
  ['image: "example.com/warm-up:1"', 'pods of dist have none'],
])('an init container with %s is told with the reason', (image, reason) => {
  const text = adopted(`initContainers: [{ name: first, ${image} }]`);
  expect(text).toMatch(new RegExp(`The init container first was not carried over: [^#]*${reason}`));
});

test('a container beside Immich is told, and Immich itself is not', () => {
  const text = adopted('restartPolicy: Always');
  expect(text).toContain('The container sync beside Immich was not carried over: pods of dist have none.');
  expect(text.match(/beside Immich was not carried over/g)).toHaveLength(1);
  expect(text).not.toContain('init container');
});

test('a database in the pod of the server is no Service, and has to move out first', () => {
  const text = adopted(
    'initContainers: [{ name: pg, restartPolicy: Always, image: "ghcr.io/immich-app/postgres:17-vectorchord0.4.3" }]',
    'env: [{ name: DB_HOSTNAME, value: localhost }]',
  );
  expect(text).toContain('its database has to run on after the switch');
  expect(text).toMatch(/host: "<fill in: the Service of the database once it runs in a pod of its own/);
});

test('files and certificates that the server has beside its library are told', () => {
  const pod =
    'volumes: [{ name: ca, configMap: { name: house-ca } }, { name: config, secret: { secretName: settings } }]';
  const container = `env: [{ name: NODE_EXTRA_CA_CERTS, value: /certs/ca.crt }, { name: IMMICH_CONFIG_FILE, value: /config/immich.json }]
volumeMounts: [{ name: ca, mountPath: /certs }, { name: config, mountPath: /config }]`;
  const text = adopted(pod, container);
  expect(text).toContain('The ConfigMap house-ca at /certs was not carried over.');
  expect(text).toContain('The variable NODE_EXTRA_CA_CERTS was not carried over');
  expect(text).not.toContain('The Secret settings at');
});

test('a library at a path of its own is told to move to /data', () => {
  const at = (path: string) =>
    adopted(
      'volumes: [{ name: photos, persistentVolumeClaim: { claimName: photos } }]',
      `env: [{ name: IMMICH_MEDIA_LOCATION, value: ${path} }]\nvolumeMounts: [{ name: photos, mountPath: ${path} }]`,
    );
  expect(at('/photos')).toContain('The library is at /photos in the pod today, and at /data from dist');
  expect(at('/data')).not.toContain('in the pod today, and at /data');
});
