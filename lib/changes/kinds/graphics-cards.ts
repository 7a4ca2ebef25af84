import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { partOf } from '../immich-parts.ts';

/** Pods that ask a node for a device from now on, for another one, or for none any more. */
export function graphicsCards(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [devicesOf(before), devicesOf(after)];
    if (from === to) return [];
    const container = after.containers.find(({ image, init }) => !init && partOf(image.text) !== undefined);
    if (container === undefined) return [];
    const isServer = partOf(container.image.text) === 'server';
    const pods = isServer ? 'the server' : 'machine learning';
    const common = {
      topic: 'service',
      what: 'device',
      from: from || 'nothing',
      to: to || 'nothing',
      key: [isServer ? 'server' : 'machineLearning', 'gpu'],
      pairs: [pair],
      fields: fieldsOf(container.name),
    } as const;
    if (to === '') {
      return [
        {
          ...common,
          grade: 'restarting',
          sentence: `The pods of ${pods} ask for ${from} no more and restart, which takes about a minute: what the card did is done by the processor.`,
        },
      ];
    }
    return [
      {
        ...common,
        grade: 'steps',
        sentence: `The pods of ${pods} ask their node for ${to}${from === '' ? '' : ` instead of ${from}`}, and restart: where no node has it free, they wait as Pending, and ${isServer ? 'nobody reaches Immich' : 'search and faces of new photos wait with them'}. Nothing else restarts.`,
        steps: [
          `Before merging, see that a node offers it: kubectl describe nodes | grep --after-context=12 Allocatable`,
          ...(isServer
            ? ['Set config.ffmpeg.accel to what the card does, without which no video is transcoded by it.']
            : []),
        ],
      },
    ];
  });
}

/** The devices that pods ask for: https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/ */
function devicesOf({ containers, pod }: WorkloadView): string {
  const resources = containers.flatMap(({ field }) =>
    field
      .at('resources', 'limits')
      .entries.flatMap(([name]) =>
        name.includes('/') && !/^(hugepages-|kubernetes\.io\/)/.test(name) ? [name] : [],
      ),
  );
  const claims = pod
    .at('resourceClaims')
    .items.flatMap(
      (one) => one.at('resourceClaimTemplateName').text ?? one.at('resourceClaimName').text ?? [],
    );
  return [...new Set([...resources, ...claims])].sort().join(',');
}

function fieldsOf(container: string): string[] {
  return [
    ...['resources', 'startupProbe', 'env[NVIDIA_DRIVER_CAPABILITIES]'].map(
      (field) => `spec.template.spec.containers[${container}].${field}`,
    ),
    ...['resourceClaims', 'runtimeClassName', 'nodeSelector', 'securityContext.supplementalGroups'].map(
      (field) => `spec.template.spec.${field}`,
    ),
  ];
}
