import type { DnsServer } from '../../installation/network.ts';
import type { Field } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { includes } from '../../manifests/selector.ts';
import { contains } from '../../values/locations.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** Whether the policies let pods ask the DNS servers of this cluster. */
export const dns: Check = {
  id: 'dns',
  title: 'DNS',
  isOfLife: false,
  look: async (subject, cluster) => {
    if (!subject.plan.installation.network.policies) return [];
    const path = listPath({
      ...{ apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices', namespace: 'kube-system' },
      // Its Service has this name wherever kubeadm's ways are followed, also with CoreDNS.
      selector: 'kubernetes.io/service-name=kube-dns',
    });
    const answer = await cluster.get(path);
    if (answer.kind !== 'seen') return judge(answer, 'The DNS servers', { seen: () => [] });
    const servers = liveItems(answer.value).flatMap((slice) => serversOf(slice));
    return servers.length === 0
      ? await lookForPods(subject, cluster)
      : (await Promise.all(servers.map((server) => lookAt(server, subject, cluster)))).flat();
  },
};

/** A DNS server that the Service leads to. */
interface Server {
  readonly address: string;
  readonly port: number;
  readonly pod: { readonly namespace: string; readonly name: string } | undefined;
}

function serversOf(slice: Field): Server[] {
  const named = slice.at('ports').items.filter((port) => port.at('protocol').text === 'UDP');
  const port = named[0]?.at('port').number;
  if (port === undefined) return [];
  return slice.at('endpoints').items.flatMap((endpoint) => {
    const target = endpoint.at('targetRef');
    const [namespace, name] = [target.at('namespace').text, target.at('name').text];
    const pod = namespace === undefined || name === undefined ? undefined : { namespace, name };
    return endpoint.at('addresses').texts.map((address) => ({ address, port, pod }));
  });
}

async function lookAt(
  { address, port, pod }: Server,
  { plan, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const known = plan.installation.network.dns;
  const byAddress = known.some(
    (one) => one.kind === 'addresses' && one.port === port && contains(one.range, address),
  );
  const where = `${pod === undefined ? address : `${pod.namespace}/${pod.name}`} on ${port}`;
  if (byAddress) return [sayWell(`DNS is asked at ${where}.`)];
  const refused = (labels: string) =>
    sayError(
      `DNS answers at ${where}, which network.dns does not open: no name would be found.`,
      `Write network: { dns: [${labels}${port === 53 ? '' : `, port: ${port}`} }] } into ${file}.`,
    );
  if (pod === undefined) return [refused(`{ cidr: ${address}/${address.includes(':') ? 128 : 32}`)];
  const { namespace, name } = pod;
  const answer = await cluster.get(objectPath({ apiVersion: 'v1', resource: 'pods', namespace }, name));
  return judge(answer, `The DNS server ${namespace}/${name}`, {
    seen: (value) => {
      const { labels } = live(value).at('metadata', 'labels');
      const isOpen = known.some((one) => one.port === port && opensPod(one, namespace, labels));
      const { 'k8s-app': app } = labels;
      const written = app === undefined ? '' : `, labels: { k8s-app: ${app} }`;
      return [isOpen ? sayWell(`DNS is asked at ${where}.`) : refused(`{ namespace: ${namespace}${written}`)];
    },
    // It was replaced in between.
  });
}

function opensPod(server: DnsServer, namespace: string, labels: Readonly<Record<string, string>>): boolean {
  return server.kind === 'pods' && server.namespace === namespace && includes(labels, server.labels);
}

/** Where no Service of that name leads anywhere: whether there is any pod that is named. */
async function lookForPods(
  { plan, file, kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { dns: known } = plan.installation.network;
  const pods = known.flatMap((one) => (one.kind === 'pods' ? [one] : []));
  const found = await Promise.all(
    pods.map(async ({ namespace, labels }) => {
      const selector = Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(',');
      return cluster.get(listPath({ apiVersion: 'v1', resource: 'pods', namespace, selector }));
    }),
  );
  const names = found.flatMap((one) => (one.kind === 'seen' ? liveItems(one.value).map(nameOf) : []));
  const hidden = found.find(({ kind }) => kind === 'unseen');
  if (names.length > 0) return [sayWell(`DNS is asked at ${names.join(', ')}.`)];
  if (hidden !== undefined) return judge(hidden, 'The DNS servers', { seen: () => [] });
  return known.some((one) => one.kind === 'addresses' && one.range.text !== nodeLocal)
    ? []
    : [
        sayError(
          'There are no pods that network.dns names: no name would be found.',
          `${kubectl} get pods --all-namespaces --show-labels | grep --ignore-case dns`,
          `Write network: { dns: [{ namespace: ..., labels: { ... } }] } into ${file}.`,
        ),
      ];
}

/** Where NodeLocal DNSCache listens, which is among the default and so says nothing. */
const nodeLocal = '169.254.20.10/32';
