import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const dragonfly = (settings: string, image = 'ghcr.io/dragonflydb/dragonfly:v1.38.0') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: dragonfly, namespace: immich }
spec:
  template:
    metadata: { labels: { app: dragonfly } }
    spec: { containers: [{ name: main, image: "${image}", ${settings} }] }
---
apiVersion: v1
kind: Service
metadata: { name: dragonfly, namespace: immich }
spec: { selector: { app: dragonfly }, ports: [{ port: 6379 }] }`;

describe('dragonfly-flags', () => {
  const user = server('env: [{ name: REDIS_HOSTNAME, value: dragonfly }]');

  test.each([
    ['args: []', undefined, 1],
    ['args: [--default_lua_flags=allow-undeclared-keys]', undefined, 0],
    ['args: [--default_lua_flags, allow-undeclared-keys]', undefined, 0],
    ['env: [{ name: DFLY_default_lua_flags, value: allow-undeclared-keys }]', undefined, 0],
    ['args: [--flagfile=/etc/dragonfly.conf]', undefined, 0],
    ['args: []', 'valkey/valkey:9', 0],
  ])('%s in %s', (settings, image, count) => {
    expect(said('dragonfly-flags', documents(dragonfly(settings, image), user))).toHaveLength(count);
    // Others may use it for what it can do.
    expect(said('dragonfly-flags', dragonfly(settings, image))).toEqual([]);
  });

  test.each([
    ['args: [--proactor_threads=2]', 1],
    ['replicas: 1', 1],
    ['args: [--default_lua_flags=allow-undeclared-keys]', 0],
  ])('%s of an object of its operator', (spec, count) => {
    const object = (name: string) => `apiVersion: dragonflydb.io/v1alpha1
kind: Dragonfly
metadata: { name: ${name}, namespace: immich }
spec: { ${spec} }`;
    expect(said('dragonfly-flags', documents(object('dragonfly'), user))).toHaveLength(count);
    expect(said('dragonfly-flags', documents(object('others'), user))).toEqual([]);
  });
});
