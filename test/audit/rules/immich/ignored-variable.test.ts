import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function fromConfigMap(data: string): string {
  return documents(
    server('envFrom: [{ configMapRef: { name: settings } }]'),
    `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: immich }
data: { ${data} }`,
  );
}

test.each<[string, string, string[]]>([
  [
    'a switch for metrics that never was',
    'IMMICH_METRICS_INCLUDE: all',
    ['warning data.IMMICH_METRICS_INCLUDE'],
  ],
  ['a variable of nobody', 'IMMICH_SOMETHING: "1"', ['info data.IMMICH_SOMETHING']],
  ['a variable of machine learning', 'MACHINE_LEARNING_WORKERS: "2"', []],
  ['a variable of the server', 'IMMICH_LOG_LEVEL: log', []],
  ['a variable of another program', 'DB_SOMETHING: x', []],
])('%s in a shared config map', (_, data, expected) => {
  expect(said('ignored-variable', fromConfigMap(data))).toEqual(expected);
});
