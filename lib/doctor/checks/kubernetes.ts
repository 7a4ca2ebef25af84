import type { Check } from '../check.ts';
import { judge, sayWell } from '../finding.ts';
import { live } from '../live.ts';

/** Which Kubernetes it is. What dist has and it does not know is told with the kinds. */
export const kubernetes: Check = {
  id: 'kubernetes',
  title: 'Kubernetes',
  isOfLife: false,
  look: async (_, cluster) =>
    judge(await cluster.get('/version'), 'The version of Kubernetes', {
      seen: (value) => [
        sayWell(`The API server is ${live(value).at('gitVersion').text ?? 'of an unknown version'}.`),
      ],
    }),
};
