import { portText } from '../values/port.ts';
import type { Plan } from './plan.ts';
import { drillTrafficOf, type Traffic, trafficOf } from './traffic.ts';
import { edgeText, trafficNotes } from './traffic-text.ts';

/** Who talks to whom for programs, as `schema/explain-report.json` describes it. */
export function trafficJson(plan: Plan) {
  const { installation, drill } = plan;
  const { app, database } = installation.clusters;
  const isCilium = installation.network.flavor === 'cilium';
  const inNamespace = (cluster: string, namespace: string, { edges }: Traffic) =>
    edges.map((edge) => ({
      cluster,
      namespace,
      from: edge.from.name,
      to: edge.to.name,
      ports: edge.ports.map(portText),
      sentence: edgeText(edge, isCilium),
    }));
  return {
    kind: 'traffic',
    installation: installation.name,
    policies: installation.network.policies,
    connections: [
      ...[...new Set([app, database])].flatMap((cluster) =>
        inNamespace(cluster, installation.namespace, trafficOf(plan, cluster)),
      ),
      ...(drill === undefined
        ? []
        : inNamespace(database, drill.namespace, drillTrafficOf(installation, drill))),
    ],
    notes: trafficNotes(plan),
  };
}
