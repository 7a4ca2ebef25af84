import type { Field } from '../../../manifests/field.ts';
import type { ContainerView, ProbeView } from '../../../manifests/views/container.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const shortStartup: Rule = {
  id: 'short-startup',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Kubernetes kills Immich while it still migrates its database or builds its indexes.',
  why: 'After an upgrade Immich migrates its database and may rebuild its vector indexes before it answers, which takes minutes in a large library. A probe that gives up earlier kills it in the middle, and it begins again, without end.',
  url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#startup-probe',
  limits:
    'How long a migration takes depends on the library and the disk; with a small one it may end in time.',
  examples: {
    good: documents(
      server(`startupProbe: { httpGet: { path: /api/server/ping, port: 2283 }, periodSeconds: 10, failureThreshold: 180 }
livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }`),
    ),
    broken: {
      'failureThreshold: 180': 'failureThreshold: 3',
    },
  },
  check(inventory, report) {
    for (const { part, container } of immich(inventory).containers) {
      const budget = part === 'server' ? budgetOf(container) : undefined;
      if (budget !== undefined && budget.seconds < least) {
        report(budget.field, {
          message: `Immich gets ${budget.seconds} seconds to start; after an upgrade it migrates and builds indexes for minutes, is killed in the middle, and begins again, for ever.`,
          fix: 'Write a startupProbe with periodSeconds: 10 and failureThreshold: 180.',
        });
      }
    }
  },
};

/** Seconds. The 300 of Immich's own chart are too few: https://github.com/immich-app/immich-charts/issues/229 */
const least = 900;

/** How long the container may take to start; undefined when nothing ever kills it. */
function budgetOf({ probes }: ContainerView): { seconds: number; field: Field } | undefined {
  const startup = probes.find(({ type }) => type === 'startupProbe');
  const liveness = probes.find(({ type }) => type === 'livenessProbe');
  const probe = startup ?? liveness;
  return probe === undefined ? undefined : { seconds: secondsOf(probe), field: placeOf(probe) };
}

function secondsOf({ field }: ProbeView): number {
  const initial = field.at('initialDelaySeconds').number ?? 0;
  return initial + (field.at('periodSeconds').number ?? 10) * (field.at('failureThreshold').number ?? 3);
}

function placeOf({ field }: ProbeView): Field {
  return field.at('failureThreshold').exists ? field.at('failureThreshold') : field;
}
