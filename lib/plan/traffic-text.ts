import { knowsApiServer } from '../installation/network.ts';
import type { Addresses, Edge, OwnPods, Peer } from '../kubernetes/network.ts';
import { enumerate } from '../values/parsed.ts';
import { portText } from '../values/port.ts';
import type { Plan } from './plan.ts';
import { drillTrafficOf, type Traffic, trafficOf } from './traffic.ts';

/** Who talks to whom in an installation, a sentence for each edge, for a terminal. */
export function trafficText(plan: Plan): string {
  const { installation } = plan;
  const { app, database } = installation.clusters;
  return [
    installation.network.policies
      ? `Who talks to whom in ${installation.name}. Network policies refuse everything else.`
      : `Who talks to whom in ${installation.name}. network.policies is false, so that nothing else is refused.`,
    '',
    ...[...new Set([app, database])].flatMap((cluster) => clusterLines(plan, cluster)),
    ...notes(plan),
  ].join('\n');
}

/** An edge as a sentence. */
export function edgeText({ from, to, ports, why }: Edge, isCilium: boolean): string {
  const reason = why === undefined ? '' : `, for: ${why}`;
  const noun = ports.length === 1 ? 'port' : 'ports';
  const who = end(from, isCilium).replace(/^the /, 'The ');
  return `${who} may connect to ${end(to, isCilium)} on ${noun} ${enumerate(ports.map(portText))}${reason}.`;
}

function clusterLines(plan: Plan, cluster: string): string[] {
  const { installation, drill, fileDrill } = plan;
  const inNamespace = (namespace: string, traffic: Traffic) => [
    `In the cluster ${cluster}, namespace ${namespace}:`,
    ...traffic.pods.flatMap((pods) => linesOf(pods, traffic, installation.network.flavor === 'cilium')),
    '',
  ];
  return [
    ...inNamespace(installation.namespace, trafficOf(plan, cluster)),
    ...(drill !== undefined && cluster === installation.clusters.database
      ? inNamespace(drill.namespace, drillTrafficOf(installation, drill, fileDrill))
      : []),
  ];
}

/** What leaves some pods, and what reaches them from others; an edge between pods of ours is told once. */
function linesOf(pods: OwnPods, { edges }: Traffic, isCilium: boolean): string[] {
  const meant = edges.filter(
    ({ from, to }) => isSame(from, pods) || (isSame(to, pods) && from.kind !== 'own'),
  );
  return meant.length === 0
    ? []
    : [`  ${pods.name}`, ...meant.map((edge) => `    ${edgeText(edge, isCilium)}`)];
}

function isSame(peer: Peer, pods: OwnPods): boolean {
  return peer.kind === 'own' && peer.name === pods.name;
}

/** An end with where it is, as far as a policy can say it. */
function end(peer: Peer, isCilium: boolean): string {
  switch (peer.kind) {
    case 'own':
      return peer.name;
    case 'other': {
      const labels = Object.entries(peer.labels).map(([name, value]) => `${name}=${value}`);
      const pods = labels.length === 0 ? 'all pods' : `pods with ${enumerate(labels)}`;
      return `${peer.name} (${pods} in ${peer.namespaces.join(' or ')})`;
    }
    case 'addresses':
      return where(peer, isCilium) === peer.name ? peer.name : `${peer.name} (${where(peer, isCilium)})`;
  }
}

function where({ ranges, except, hosts, entities }: Addresses, isCilium: boolean): string {
  if (isCilium && hosts !== undefined) return `the host ${enumerate(hosts)}`;
  if (isCilium && entities !== undefined) return `what Cilium calls ${entities.join(' or ')}`;
  const isAnywhere = ranges.every((range) => range.endsWith('/0'));
  if (!isAnywhere) return ranges.join(', ');
  if (except.length > 0) return 'any public address';
  return hosts === undefined ? 'any address' : `${enumerate(hosts)}, at any address: policies know no names`;
}

/** What does not work, and cannot be seen from the edges. */
function notes({ installation }: Plan): string[] {
  const { database, network } = installation;
  return database.kind !== 'cnpg' || !network.policies || knowsApiServer(network)
    ? []
    : [
        '"kubectl cnpg status" cannot ask the instances: it goes by way of the API server, whose addresses are not known here. Write network.apiServer with the addresses of the machines that it runs on.',
        '',
      ];
}
