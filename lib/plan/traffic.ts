import { metricsPort, statusPort } from '../cnpg/names.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import { databasePathOf } from '../installation/database.ts';
import type { Installation } from '../installation/installation.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import { knowsApiServer } from '../installation/network.ts';
import { moverNameOf } from '../installation/volume-backups.ts';
import type { Edge, NetworkPort, OwnPods } from '../kubernetes/network.ts';
import { databasePodsOf, podsOf } from '../kubernetes/own-pods.ts';
import {
  challengeSolverName,
  databasePort,
  dumpImportName,
  machineLearningPort,
  metricsPorts,
  microservicesName,
  serverName,
  serverPort,
  valkeyName,
  valkeyPort,
  vectorIndexesName,
} from '../names.ts';
import { addresses, internet } from './addresses.ts';
import { egressEdges, namedEdges, repositoryEdges, storeEdges } from './destinations.ts';
import { apiServerOf, dnsEdges, operatorOf, peerOf, prometheus, tcp } from './peers.ts';
import type { Plan } from './plan.ts';
import { proxiesOf } from './proxies.ts';

/** Who talks to whom in one Kubernetes cluster. Everything that is not here is refused. */
export interface Traffic {
  /** The pods of the installation in this cluster. */
  readonly pods: readonly OwnPods[];
  readonly edges: readonly Edge[];
}

/** Immich, as the database in another cluster sees it. */
export const remoteImmich = 'Immich in its own cluster';

/** A database of ours in another cluster, as Immich sees it. */
export const remoteDatabase = 'the database';

/** The traffic of an installation in one of its clusters. */
export function trafficOf(plan: Plan, cluster: string): Traffic {
  const { installation } = plan;
  const parts = [
    ...(cluster === installation.clusters.app ? [appTraffic(plan), fileBackupTraffic(plan)] : []),
    ...(cluster === installation.clusters.database && installation.database.kind === 'cnpg'
      ? [databaseTraffic(plan, installation.database.cnpg.name)]
      : []),
    ...(cluster === installation.clusters.app ? [existingTraffic(installation)] : []),
  ];
  const named = parts.flatMap((part) => part.pods);
  return {
    pods: named,
    edges: [
      ...parts.flatMap((part) => part.edges),
      ...named.filter(needsNames).flatMap((pods) => dnsEdges(installation, pods)),
    ],
  };
}

/** Immich itself: from the proxy in, to its own services, to the database, and to what the file names or opens. */
function appTraffic(plan: Plan): Traffic {
  const { installation } = plan;
  const { server: settings, machineLearning, valkey, route, monitoring, network } = installation;
  const server = podsOf(serverName);
  const jobs = settings.microservices.separate ? [podsOf(microservicesName)] : [];
  const learning = learningPoolsOf(machineLearning);
  const queue = valkey.kind === 'own' ? [podsOf(valkeyName)] : [];
  const proxies = proxiesOf(installation).map(({ peer }) => peer);
  // cert-manager answers HTTP-01 challenges from a pod of its own beside the certificate.
  const solver: OwnPods = {
    kind: 'own',
    name: challengeSolverName,
    labels: { 'acme.cert-manager.io/http01-solver': 'true' },
  };
  const edges: Edge[] = [
    ...proxies.map((from) => ({ from, to: server, ports: [tcp(serverPort.number)] })),
    ...network.clients.map(({ from, why }) => ({
      from: peerOf(from),
      to: server,
      ports: [tcp(serverPort.number)],
      why,
    })),
  ];
  for (const from of [server, ...jobs]) {
    edges.push(
      ...learning.map(({ name }) => ({ from, to: podsOf(name), ports: [tcp(machineLearningPort.number)] })),
      ...queue.map((to) => ({ from, to, ports: [tcp(valkeyPort.number)] })),
      ...ownDatabaseEdges(plan, from),
      ...namedEdges(installation, 'server', from),
      ...egressEdges(installation, 'server', from),
    );
    if (settings.internet) edges.push({ from, to: internet, ports: [tcp(443)] });
  }
  for (const { name, pods } of learning) {
    const from = podsOf(name);
    if (!pods.offline) edges.push({ from, to: internet, ports: [tcp(443)] });
    edges.push(...egressEdges(installation, 'machineLearning', from));
  }
  // In a namespace that denies nothing it needs none, and one would hold for the solvers of others.
  const solvers = route.certificate?.kind === 'issuer' && !installation.sharedNamespace ? [solver] : [];
  for (const to of solvers) edges.push(...proxies.map((from) => ({ from, to, ports: [tcp(8089)] })));
  if (monitoring.enabled) {
    for (const to of [server, ...jobs]) {
      edges.push({
        from: prometheus(monitoring.namespace),
        to,
        ports: metricsPorts.map(({ number }) => tcp(number)),
      });
    }
  }
  return {
    pods: [server, ...jobs, ...learning.map(({ name }) => podsOf(name)), ...queue, ...solvers],
    edges,
  };
}

/** The Job that looks after the indexes of a database in a Cluster of others: it goes where the server goes. */
function existingTraffic(installation: Installation): Traffic {
  const { database } = installation;
  if (database.kind !== 'external' || database.cluster === undefined) return { pods: [], edges: [] };
  const indexes = podsOf(vectorIndexesName);
  const key = databasePathOf(database).join();
  return {
    pods: [indexes],
    edges: namedEdges(installation, 'server', indexes, ({ path }) => path.join() === key),
  };
}

/** The database: from Immich and the operator in, among its instances, to its store and the Kubernetes API. */
function databaseTraffic({ installation, isRemote }: Plan, name: string): Traffic {
  const { database, monitoring } = installation;
  if (database.kind !== 'cnpg') return { pods: [], edges: [] };
  const { cnpg } = database;
  const instances = databasePodsOf(name);
  const jobs = [vectorIndexesName, ...(cnpg.importDump === undefined ? [] : [dumpImportName])].map(podsOf);
  const edges: Edge[] = [
    { from: instances, to: instances, ports: [tcp(databasePort.number), instanceStatus] },
    ...jobs.map((from) => ({ from, to: instances, ports: [tcp(databasePort.number)] })),
    ...operatedEdges(installation, instances),
  ];
  if (isRemote) {
    const clients = addresses(
      remoteImmich,
      cnpg.clients.map((client) => client.text),
    );
    edges.push({ from: clients, to: instances, ports: [tcp(databasePort.number)] });
  }
  edges.push(
    ...namedEdges(installation, 'database', instances, ({ path }) => path[2] === 'importFrom'),
    ...storeEdges(installation, 'database', instances),
    ...egressEdges(installation, 'database', instances),
  );
  if (monitoring.enabled) {
    edges.push({ from: prometheus(monitoring.namespace), to: instances, ports: [tcp(metricsPort)] });
  }
  return { pods: [instances, ...jobs], edges };
}

/** The drill's own namespace: from the Job to the throw-away database, and from both to what they need. */
export function drillTrafficOf(
  installation: Installation,
  { name, database }: Pick<DrillPlan, 'name' | 'database'>,
  fileDrill?: Pick<FileDrillPlan, 'name'>,
): Traffic {
  const instances = databasePodsOf(database);
  const job = podsOf(name);
  const files = fileDrill === undefined ? [] : [podsOf(fileDrill.name)];
  return {
    pods: [instances, job, ...files],
    edges: [
      { from: job, to: instances, ports: [tcp(databasePort.number)] },
      kubernetesEdge(installation, job),
      ...operatedEdges(installation, instances),
      ...storeEdges(installation, 'drill', instances),
      ...egressEdges(installation, 'drill', instances),
      ...dnsEdges(installation, job),
      ...dnsEdges(installation, instances),
      ...files.flatMap((from) => [
        ...repositoryEdges(installation, 'drill', from, 'library'),
        ...egressEdges(installation, 'drill', from),
        ...dnsEdges(installation, from),
      ]),
    ],
  };
}

/** Where the manager of an instance tells its status. */
const instanceStatus: NetworkPort = { protocol: 'TCP', port: statusPort };

/** What every instance of a database needs to be run by CloudNativePG. */
function operatedEdges(installation: Installation, instances: OwnPods): Edge[] {
  const operator = operatorOf(installation);
  return [
    { from: operator, to: instances, ports: [tcp(databasePort.number), instanceStatus] },
    // `kubectl cnpg status` asks by way of the API server, whose addresses must be known to be let in.
    ...(knowsApiServer(installation.network)
      ? [
          {
            from: apiServerOf(installation),
            to: instances,
            ports: [instanceStatus],
            why: 'kubectl cnpg status',
          },
        ]
      : []),
    kubernetesEdge(installation, instances),
  ];
}

function kubernetesEdge(installation: Installation, from: OwnPods): Edge {
  return { from, to: apiServerOf(installation), ports: installation.network.apiServer.ports.map(tcp) };
}

/** What VolSync starts beside a claim: it reads files, and writes them to a restic repository. */
function fileBackupTraffic({ installation, volumeBackups }: Plan): Traffic {
  const movers = volumeBackups.flatMap(({ key, claim, backup }) =>
    backup.kind === 'volsync' ? [{ pods: podsOf(moverNameOf(claim)), key }] : [],
  );
  const edges = movers.flatMap(({ pods, key }) => [
    ...repositoryEdges(installation, 'backup', pods, key),
    ...egressEdges(installation, 'backup', pods),
  ]);
  return { pods: movers.map(({ pods }) => pods), edges };
}

/** Immich's way to a database of our own, beside it or in another cluster. One of others is among what the file names. */
function ownDatabaseEdges({ installation, isRemote }: Plan, from: OwnPods): Edge[] {
  const { database, network } = installation;
  if (database.kind !== 'cnpg') return [];
  const { name, host } = database.cnpg;
  const ranges = network.externalDatabase.map((range) => range.text);
  const remote = { ...addresses(remoteDatabase, ranges), ...(host === undefined ? {} : { hosts: [host] }) };
  return [{ from, to: isRemote ? remote : databasePodsOf(name), ports: [tcp(databasePort.number)] }];
}

/** Valkey and a challenge solver only answer; they never look a name up. */
function needsNames({ name }: OwnPods): boolean {
  return name !== valkeyName && name !== challengeSolverName;
}
