import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = server('env: [{ name: REDIS_HOSTNAME, value: dragonfly }]');
const object = (spec: string) => `apiVersion: dragonflydb.io/v1alpha1
kind: Dragonfly
metadata: { name: dragonfly, namespace: immich }
spec: { ${spec} }`;

const limit = 'warning spec.resources.limits.memory';
const args = 'warning spec.args';

test.each([
  ['resources: { limits: { memory: 256Mi } }', [limit]],
  ['resources: { limits: { memory: 512Mi } }', []],
  ['args: [--proactor_threads=2], resources: { limits: { memory: 512Mi } }', [limit]],
  ['args: [--proactor_threads=2, --maxmemory=512mb], resources: { limits: { memory: 640Mi } }', []],
  ['args: [--proactor_threads=2, --maxmemory=256Mi]', [args]],
  ['args: [--proactor_threads=4, --maxmemory=1GB]', []],
  ['args: [--maxmemory=0], resources: { limits: { memory: 64Mi } }', []],
  ['args: ["--maxmemory=$(MAX_MEMORY)Mi"], resources: { limits: { memory: 64Mi } }', []],
  ['args: [--flagfile=/a], resources: { limits: { memory: 64Mi } }', []],
  ['env: [{ name: DFLY_maxmemory, value: 1gb }], resources: { limits: { memory: 64Mi } }', []],
  ['replicas: 1', []],
])('%s', (spec, expected) => {
  expect(said('dragonfly-memory', documents(object(spec), user))).toEqual(expected);
  expect(said('dragonfly-memory', object(spec))).toEqual([]);
});
