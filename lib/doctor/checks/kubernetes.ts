import type { Check } from '../check.ts';
import { judged, well } from '../finding.ts';
import { live } from '../live.ts';

/** Which Kubernetes it is. What dist has and it does not know is told with the kinds. */
export const kubernetes: Check = {
  id: 'kubernetes',
  title: 'Kubernetes',
  isOfLife: false,
  look: async (_, cluster) =>
    judged(await cluster.get('/version'), 'The version of Kubernetes', {
      seen: (value) => [
        well(`The API server is ${live(value).at('gitVersion').text ?? 'of an unknown version'}.`),
      ],
      absent: () => [],
    }),
};
