import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function service(port: number): string {
  return `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }, { name: other, port: ${port} }] }`;
}

test('a Service may lead to a port for metrics that no container lists', () => {
  expect(said('metrics-off', documents(server(''), service(8081)))).toEqual(['warning spec.ports.1.port']);
  expect(said('metrics-off', documents(server(''), service(3003)))).toEqual([]);
  const on = server('env: [{ name: IMMICH_TELEMETRY_INCLUDE, value: all }]');
  expect(said('metrics-off', documents(on, service(8081)))).toEqual([]);
});

test('versions before telemetry were switched by a variable of their own', () => {
  const of = (version: string) =>
    server('ports: [{ containerPort: 8081 }]\nenv: [{ name: IMMICH_METRICS, value: "true" }]', '', version);
  expect(said('metrics-off', of('v1.106.4'))).toEqual([]);
  expect(said('metrics-off', of('v3.3.1'))).toHaveLength(1);
});
