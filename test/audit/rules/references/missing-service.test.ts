import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const asking = (host: string) => server(`env: [{ name: REDIS_HOSTNAME, value: ${host} }]`);

test('a Redis beside the server in its pod is no Service', () => {
  expect(said('missing-service', asking('valkey'), { complete: true })).toHaveLength(1);
  expect(said('missing-service', asking('localhost'), { complete: true })).toEqual([]);
  expect(said('missing-service', asking('redis.example.com'), { complete: true })).toEqual([]);
});
