import { routeThrough } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('middleware-breaks-uploads', () => {
  test.each([
    ['retry: { attempts: 3 }', 1],
    ['circuitBreaker: { expression: NetworkErrorRatio() > 0.3 }', 1],
    ['circuitBreaker: { expression: LatencyAtQuantileMS(50.0) > 100 }', 0],
    ['rateLimit: { average: 10, burst: 20 }', 1],
    ['rateLimit: { average: 100, burst: 500 }', 0],
    ['compress: {}', 1],
    ['compress: { includedContentTypes: [text/css] }', 0],
    ['forwardAuth: { address: http://a, forwardBody: true }', 1],
    ['forwardAuth: { address: http://a }', 0],
  ])('%s', (middleware, count) => {
    expect(said('middleware-breaks-uploads', routeThrough(middleware))).toHaveLength(count);
  });
});
