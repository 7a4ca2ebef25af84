import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const probe = 'startupProbe: { httpGet: { path: /api/server/ping, port: 2283 } }';

test.each<[string, string, string[]]>([
  [
    'a worker that only runs jobs',
    'env: [{ name: IMMICH_WORKERS_INCLUDE, value: microservices }]',
    ['error spec.template.spec.containers.0.startupProbe.httpGet.port'],
  ],
  [
    'a worker without the one that answers',
    'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: api }]',
    ['error spec.template.spec.containers.0.startupProbe.httpGet.port'],
  ],
  ['a server with both workers', '', []],
  ['a worker that only answers', 'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }]', []],
  ['workers that are not known', 'env: [{ name: IMMICH_WORKERS_INCLUDE, value: "\u0024{WORKERS}" }]', []],
])('a probe for requests at %s', (_, environment, expected) => {
  expect(said('dead-probe', server(`${environment}\n${probe}`))).toEqual(expected);
});
