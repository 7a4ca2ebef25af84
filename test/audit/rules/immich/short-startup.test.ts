import { server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('short-startup', () => {
  test.each([
    ['livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }', 1],
    ['livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 }, initialDelaySeconds: 600 }', 1],
    ['livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 }, initialDelaySeconds: 900 }', 0],
    ['startupProbe: { periodSeconds: 10, failureThreshold: 30 }', 1],
    ['startupProbe: { periodSeconds: 10, failureThreshold: 89 }', 1],
    ['startupProbe: { periodSeconds: 10, failureThreshold: 90 }', 0],
    ['readinessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }', 0],
  ])('%s', (container, count) => {
    expect(said('short-startup', server(container))).toHaveLength(count);
  });
});
