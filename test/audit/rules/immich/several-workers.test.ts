import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('several-workers', () => {
  const scaled = (container: string) => server(container).replace('spec:\n', 'spec:\n  replicas: 3\n');

  test.each([
    ['', 1],
    ['env: [{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: api }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: "api,microservices" }]', 1],
  ])('%s', (container, count) => {
    expect(said('several-workers', scaled(container))).toHaveLength(count);
  });
});
