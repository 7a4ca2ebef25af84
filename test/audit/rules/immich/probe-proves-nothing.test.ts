import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

test.each<[string, string, string[]]>([
  [
    'a shell that sleeps',
    'livenessProbe: { exec: { command: [/bin/sh, -c, sleep 5] } }',
    ['warning livenessProbe.exec.command'],
  ],
  [
    'a program of that name',
    'livenessProbe: { exec: { command: [/bin/true] } }',
    ['warning livenessProbe.exec.command'],
  ],
  ['a script that asks', 'livenessProbe: { exec: { command: [sh, -c, sleep 5 && immich-healthcheck] } }', []],
  ['a program that asks', 'livenessProbe: { exec: { command: [immich-healthcheck] } }', []],
  ['a command that is not known', 'livenessProbe: { exec: { command: ["\u0024{A}"] } }', []],
  [
    'the web page',
    'livenessProbe: { httpGet: { path: /, port: 2283 } }',
    ['info livenessProbe.httpGet.path'],
  ],
  ['the web page by default', 'livenessProbe: { httpGet: { port: http } }', ['info livenessProbe.httpGet']],
  [
    'the path that a health check once had',
    'livenessProbe: { httpGet: { path: /server-info/ping, port: 2283 } }',
    ['warning livenessProbe.httpGet.path'],
  ],
  ['what the apps ask for', 'livenessProbe: { httpGet: { path: /.well-known/immich, port: 2283 } }', []],
  ['a path that is filled in later', 'livenessProbe: { httpGet: { path: "\u0024{PATH}", port: 2283 } }', []],
  [
    'a port by a name of its own',
    'ports: [{ name: immich-web, containerPort: 3001 }]\nlivenessProbe: { httpGet: { path: /server-info/ping, port: immich-web } }',
    ['warning livenessProbe.httpGet.path'],
  ],
  [
    'another port by a name',
    'ports: [{ name: metrics, containerPort: 8081 }]\nlivenessProbe: { httpGet: { path: /metrics, port: metrics } }',
    [],
  ],
  ['another port', 'livenessProbe: { httpGet: { path: /, port: 8081 } }', []],
  ['a port that is open', 'readinessProbe: { tcpSocket: { port: 2283 } }', ['info readinessProbe.tcpSocket']],
  ['a port that is open, to be alive', 'livenessProbe: { tcpSocket: { port: 2283 } }', []],
  [
    'a port of a worker without an API',
    'env: [{ name: IMMICH_WORKERS_INCLUDE, value: microservices }]\nreadinessProbe: { tcpSocket: { port: 2283 } }',
    [],
  ],
  [
    'a port where the API is left out',
    'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: api }]\nreadinessProbe: { tcpSocket: { port: 2283 } }',
    [],
  ],
])('a probe that asks for %s', (_, container, expected) => {
  expect(said('probe-proves-nothing', server(container))).toEqual(
    expected.map((one) => one.replace(' ', ' spec.template.spec.containers.0.')),
  );
});
