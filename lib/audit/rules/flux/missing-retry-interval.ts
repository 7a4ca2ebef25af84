import { fluxKustomizations } from '../../../manifests/views/flux.ts';
import type { Rule } from '../../rule.ts';
import { immichsKustomizations } from '../../views/immichs-database.ts';

export const missingRetryInterval: Rule = {
  id: 'missing-retry-interval',
  severity: 'warning',
  whose: 'ours',
  meaning: 'A failed health check is tried again only after the whole interval.',
  why: 'After a failure Flux tries again after retryInterval, or after the whole interval when there is none. A database that needed a minute too long keeps Immich down for up to that interval, which is often an hour.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval',
  examples: {
    good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-database, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 2m
  path: ./database
  healthCheckExprs:
    - apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')
`,
    broken: {
      'retryInterval: 2m': '',
    },
  },
  check(inventory, report) {
    const concerned = immichsKustomizations(inventory);
    for (const kustomization of fluxKustomizations(inventory)) {
      const spec = kustomization.at('spec');
      const isGated =
        inventory.complete ||
        (concerned.has(kustomization.manifest) &&
          spec.at('healthCheckExprs').items.some((one) => one.at('apiVersion').text?.includes('cnpg.io/')));
      // Many repositories set it on all Kustomizations at once, by a patch in the one above them.
      if (isGated && !spec.at('retryInterval').exists && !isPatched(inventory.complete)) {
        report(spec.at('interval'), {
          message: `After a failed health check Flux waits a whole interval (${spec.get('interval') ?? 'as long as that is'}) before it looks again; whatever depends on this stays down as long.`,
          fix: 'Add retryInterval: 2m.',
          ...(inventory.complete ? {} : { severity: 'info' }),
        });
      }
    }

    function isPatched(complete: boolean): boolean {
      return (
        !complete &&
        fluxKustomizations(inventory).some((one) =>
          JSON.stringify(one.get('spec', 'patches') ?? '').includes('retryInterval'),
        )
      );
    }
  },
};
