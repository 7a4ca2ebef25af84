import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('several-workers', () => {
  const scaled = (container: string) => server(container).replace('spec:\n', 'spec:\n  replicas: 3\n');

  test.each([
    ['', 1],
    ['env: [{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: api }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: "api,microservices" }]', 1],
    // Until v1.106 one image was started as one or the other.
    ['command: [/bin/sh, ./start-server.sh]', 0],
    ['args: [start.sh, immich]', 0],
    ['command: [./start-microservices.sh]', 1],
  ])('%s', (container, count) => {
    expect(said('several-workers', scaled(container))).toHaveLength(count);
  });
});
