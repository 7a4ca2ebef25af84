import { metricsPort, statusPort } from '../cnpg/names.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { Installation } from '../installation/installation.ts';
import type { Store } from '../installation/store.ts';
import { moverNameOf } from '../installation/volume-backups.ts';
import type { Edge, NetworkPort, OtherPods, OwnPods } from '../kubernetes/network.ts';
import { databasePodsOf, podsOf } from '../kubernetes/own-pods.ts';
import {
  databasePort,
  machineLearningName,
  machineLearningPort,
  metricsPorts,
  microservicesName,
  serverName,
  serverPort,
  valkeyName,
  valkeyPort,
} from '../names.ts';
import { addresses, everywhere, internet } from './addresses.ts';
import type { Plan } from './plan.ts';

/** Who talks to whom in one Kubernetes cluster. Everything that is not here is refused. */
export interface Traffic {
  /** The pods of the installation in this cluster. */
  readonly pods: readonly OwnPods[];
  readonly edges: readonly Edge[];
}

/** The traffic of an installation in one of its clusters. */
export function trafficOf(plan: Plan, cluster: string): Traffic {
  const { installation } = plan;
  const parts = [
    ...(cluster === installation.clusters.app ? [appTraffic(plan), fileBackupTraffic(plan)] : []),
    ...(cluster === installation.clusters.database && installation.database.kind === 'cnpg'
      ? [databaseTraffic(plan, installation.database.cnpg.name)]
      : []),
  ];
  const named = parts.flatMap((part) => part.pods);
  return {
    pods: named,
    edges: [...parts.flatMap((part) => part.edges), ...named.filter(needsNames).map(dnsEdge)],
  };
}

/** Immich itself: from the proxy in, to its own services, to the database, and to what the file opens. */
function appTraffic(plan: Plan): Traffic {
  const { installation } = plan;
  const { server: settings, machineLearning, route, monitoring } = installation;
  const server = podsOf(serverName);
  const jobs = settings.microservices.separate ? [podsOf(microservicesName)] : [];
  const learning = podsOf(machineLearningName);
  const queue = podsOf(valkeyName);
  const traefik: OtherPods = {
    kind: 'other',
    name: 'Traefik',
    namespaces: route.traefik.namespaces,
    labels: route.traefik.podLabels,
  };
  // cert-manager answers HTTP-01 challenges from a pod of its own beside the certificate.
  const solver: OwnPods = {
    kind: 'own',
    name: 'acme-http01-solver',
    labels: { 'acme.cert-manager.io/http01-solver': 'true' },
  };
  const edges: Edge[] = [{ from: traefik, to: server, ports: [tcp(serverPort.number)] }];
  for (const from of [server, ...jobs]) {
    edges.push(
      { from, to: learning, ports: [tcp(machineLearningPort.number)] },
      { from, to: queue, ports: [tcp(valkeyPort.number)] },
      { from, ...databaseSide(plan) },
    );
    if (settings.internet) edges.push({ from, to: internet, ports: [tcp(443)] });
  }
  if (!machineLearning.offline) edges.push({ from: learning, to: internet, ports: [tcp(443)] });
  if (route.certificate?.kind === 'issuer') edges.push({ from: traefik, to: solver, ports: [tcp(8089)] });
  if (monitoring.enabled) {
    for (const to of [server, ...jobs]) {
      edges.push({
        from: prometheus(monitoring.namespace),
        to,
        ports: metricsPorts.map(({ number }) => tcp(number)),
      });
    }
  }
  const solvers = route.certificate?.kind === 'issuer' ? [solver] : [];
  return { pods: [server, ...jobs, learning, queue, ...solvers], edges };
}

/** The database: from Immich and the operator in, among its instances, to its store and the Kubernetes API. */
function databaseTraffic({ installation, isRemote }: Plan, name: string): Traffic {
  const { database, monitoring } = installation;
  if (database.kind !== 'cnpg') return { pods: [], edges: [] };
  const { cnpg } = database;
  const instances = databasePodsOf(name);
  const edges: Edge[] = [
    { from: instances, to: instances, ports: [tcp(databasePort.number), instanceStatus] },
    ...operatedEdges(installation, instances),
  ];
  if (isRemote) {
    const clients = addresses(
      'Immich in its own cluster',
      cnpg.clients.map((client) => client.text),
    );
    edges.push({ from: clients, to: instances, ports: [tcp(databasePort.number)] });
  }
  if (cnpg.backup !== 'none') edges.push({ from: instances, ...storeSide(cnpg.backup.store) });
  if (monitoring.enabled) {
    edges.push({ from: prometheus(monitoring.namespace), to: instances, ports: [tcp(metricsPort)] });
  }
  return { pods: [instances], edges };
}

/** The drill's own namespace: from the Job to the throw-away database, and from both to what they need. */
export function drillTrafficOf(installation: Installation, { name, database, store }: DrillPlan): Traffic {
  const instances = databasePodsOf(database);
  const job = podsOf(name);
  return {
    pods: [instances, job],
    edges: [
      { from: job, to: instances, ports: [tcp(databasePort.number)] },
      kubernetesEdge(installation, job),
      ...operatedEdges(installation, instances),
      { from: instances, ...storeSide(store) },
      dnsEdge(job),
      dnsEdge(instances),
    ],
  };
}

/** Where the manager of an instance tells its status. */
const instanceStatus: NetworkPort = { protocol: 'TCP', port: statusPort };

/** What every instance of a database needs to be run by CloudNativePG. */
function operatedEdges(installation: Installation, instances: OwnPods): Edge[] {
  const operator: OtherPods = {
    kind: 'other',
    name: 'the CloudNativePG operator',
    namespaces: [installation.network.operatorNamespace],
    labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
  };
  return [
    { from: operator, to: instances, ports: [tcp(databasePort.number), instanceStatus] },
    kubernetesEdge(installation, instances),
  ];
}

function kubernetesEdge({ network }: Installation, from: OwnPods): Edge {
  const ranges = network.apiServer.map((range) => range.text);
  return { from, to: addresses('the Kubernetes API', ranges), ports: [tcp(443), tcp(6443)] };
}

/** What VolSync starts beside a claim: it reads files, and writes them to a restic repository. */
function fileBackupTraffic({ installation, volumeBackups }: Plan): Traffic {
  const movers = volumeBackups.flatMap(({ claim, backup }) =>
    backup.kind === 'volsync' ? [{ pods: podsOf(moverNameOf(claim)), backup }] : [],
  );
  const { database } = installation;
  const known =
    database.kind === 'cnpg' && database.cnpg.backup !== 'none' ? database.cnpg.backup.store : undefined;
  const sideOf = (endpoint: string | undefined) =>
    endpoint === undefined && known !== undefined ? storeSide(known) : endpointSide(endpoint);
  const edges = movers.map(({ pods, backup }) => ({ from: pods, ...sideOf(backup.endpoint) }));
  return { pods: movers.map(({ pods }) => pods), edges };
}

/** Where Immich finds its database: beside it, in another namespace, or outside of the cluster. */
function databaseSide({ installation, isRemote }: Plan): Pick<Edge, 'to' | 'ports'> {
  const { database, network } = installation;
  const outside = addresses(
    'the database',
    network.externalDatabase.map((range) => range.text),
  );
  if (database.kind === 'cnpg') {
    const to = isRemote ? outside : databasePodsOf(database.cnpg.name);
    return { to, ports: [tcp(databasePort.number)] };
  }
  return { to: podsBehind(database.host, 'the database') ?? outside, ports: [tcp(database.port)] };
}

function storeSide(store: Store): Pick<Edge, 'to' | 'ports'> {
  return endpointSide(store.kind === 's3' ? store.endpoint : undefined);
}

/** An object store at a URL, or one that is reached by HTTPS at addresses that only its provider knows. */
function endpointSide(endpoint: string | undefined): Pick<Edge, 'to' | 'ports'> {
  const url = endpoint === undefined ? undefined : new URL(endpoint);
  const port =
    url === undefined || url.port === '' ? (url?.protocol === 'http:' ? 80 : 443) : Number(url.port);
  const inside = url && podsBehind(url.hostname, 'the object store');
  return { to: inside ?? addresses('the object store', everywhere), ports: [tcp(port)] };
}

/** The pods behind a Service name such as `postgres-rw.database.svc.cluster.local`; undefined for other names. */
function podsBehind(host: string, name: string): OtherPods | undefined {
  const namespace = /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(host)?.[1];
  return namespace === undefined ? undefined : { kind: 'other', name, namespaces: [namespace], labels: {} };
}

function prometheus(namespace: string): OtherPods {
  return { kind: 'other', name: 'Prometheus', namespaces: [namespace], labels: {} };
}

function tcp(port: number): NetworkPort {
  return { protocol: 'TCP', port };
}

/** Valkey and a challenge solver only answer; they never look a name up. */
function needsNames({ name }: OwnPods): boolean {
  return name !== valkeyName && name !== 'acme-http01-solver';
}

function dnsEdge(from: OwnPods): Edge {
  return {
    from,
    to: { kind: 'other', name: 'DNS', namespaces: ['kube-system'], labels: { 'k8s-app': 'kube-dns' } },
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  };
}
