import { said, store } from '../said.ts';

test.each([
  ['128Mi', 1],
  ['256M', 1],
  ['299Mi', 1],
  ['300Mi', 0],
  ['1Gi', 0],
  [`\${MEMORY}`, 0],
])('little-sidecar-memory: %s', (memory, count) => {
  const limited = store.replace(
    'spec: {',
    `spec: { instanceSidecarConfiguration: { resources: { limits: { memory: "${memory}" } } },`,
  );
  expect(said('little-sidecar-memory', limited)).toHaveLength(count);
  expect(said('little-sidecar-memory', store)).toEqual([]);
});
