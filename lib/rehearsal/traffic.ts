import type { Installation } from '../installation/installation.ts';
import { databasePodsOf, podsOf } from '../kubernetes/own-pods.ts';
import { databasePort, valkeyPort } from '../names.ts';
import { dnsEdges, tcp } from '../plan/peers.ts';
import { drillTrafficOf, type Traffic } from '../plan/traffic.ts';
import { isOther } from '../values/rehearsal.ts';
import { serverOf, valkeyOf } from './names.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';

/**
 * Who talks to whom. The server has its policy even where the installation has none: its copy holds the addresses of
 * people, to whom it shall write nothing.
 */
export function rehearsalTrafficOf({ copy, change, standing }: RehearsalPlan): Traffic {
  const parts = [
    ...(standing.network.policies ? [drillTrafficOf(standing, copy)] : []),
    ...(isOther(change.server) ? [serverTraffic(standing, copy)] : []),
  ];
  return { pods: parts.flatMap(({ pods }) => pods), edges: parts.flatMap(({ edges }) => edges) };
}

/** The next server reaches the copy and a Valkey of its own, and nothing else in the world. */
function serverTraffic(
  standing: Installation,
  { name, database }: { readonly name: string; readonly database: string },
): Traffic {
  const [server, valkey] = [podsOf(serverOf(name)), podsOf(valkeyOf(name))];
  return {
    pods: [server, valkey],
    edges: [
      { from: server, to: databasePodsOf(database), ports: [tcp(databasePort.number)] },
      { from: server, to: valkey, ports: [tcp(valkeyPort.number)] },
      ...dnsEdges(standing, server),
    ],
  };
}
