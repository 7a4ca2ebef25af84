import { nameOf } from '../../manifests/name.ts';
import type { Check } from '../check.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath } from '../path.ts';

/** Whether the network of the cluster is the one that the policies are written for. */
export const networkPlugin: Check = {
  id: 'network-plugin',
  title: 'Network of the cluster',
  isOfLife: false,
  look: async ({ plan, file }, cluster) => {
    const { flavor, policies } = plan.installation.network;
    if (!policies) return [];
    const path = listPath({ apiVersion: 'apps/v1', resource: 'daemonsets' });
    return judge(await cluster.get(path), 'The network plugin', {
      seen: (value) => {
        const sets = liveItems(value).map(nameOf);
        const hasCilium = sets.includes('cilium');
        if (hasCilium && flavor === 'kubernetes') {
          return [
            sayError(
              'The network is Cilium, which matches neither nodes nor the API server by addresses: the database and the drill would not start.',
              `Write network: { flavor: cilium } into ${file}.`,
            ),
          ];
        }
        if (!hasCilium && flavor === 'cilium') {
          return [
            sayWarning(
              'network.flavor is cilium, and there is no DaemonSet called cilium: nobody enforces CiliumNetworkPolicies.',
              `Write network: { flavor: kubernetes } into ${file}, unless Cilium runs under another name.`,
            ),
          ];
        }
        return enforcement(sets, hasCilium);
      },
    });
  },
};

function enforcement(sets: readonly string[], hasCilium: boolean): readonly Finding[] {
  if (hasCilium) return [sayWell('The network is Cilium.')];
  const known = enforcing.find((name) => sets.includes(name));
  if (known !== undefined) return [sayWell(`The network is ${known}, which enforces policies.`)];
  return sets.some((name) => name.startsWith('kube-flannel'))
    ? [
        sayWarning(
          'The network is Flannel, which enforces no policies by itself: what dist forbids is open.',
          'Turn its policies on, or use a plugin that has them: https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md',
        ),
      ]
    : // k3s and the networks of clouds have no DaemonSet that tells.
      [];
}

const enforcing = [
  'calico-node',
  'canal',
  'antrea-agent',
  'kube-router',
  'weave-net',
  'kindnet',
  'ovnkube-node',
];
