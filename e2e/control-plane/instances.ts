import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { referenceOf } from './api-client.ts';
import type { ControlPlane } from './api-server.ts';
import { atTheEnd } from './endings.ts';
import { type StandIn, standIn } from './stand-ins.ts';
import { toolPath } from './tools.ts';
import { at, isTrue, listAt, textAt } from './value.ts';

/** The instances of a control plane's databases. */
export interface Instances extends StandIn {
  /** From now on their archive takes what they archive, and they say so. Before that they say nothing of it. */
  readonly archive: () => void;
}

/**
 * In the place of the instance managers, the part of CloudNativePG that runs inside the database's pods, answers for
 * PostgreSQL in the pods that kwok only pretends to run: each instance tells the operator that it is
 * up and in sync, the one that shall be the primary says that it is, and Database objects are applied. All the
 * rest, up to the Cluster's Ready condition, is the operator's own doing.
 */
export function startInstances(plane: ControlPlane): Instances {
  const servers = new Map<string, Server>();
  const operatorHash = createHash('sha256')
    .update(readFileSync(toolPath('cnpg-operator', 'cnpg-operator')))
    .digest('hex');
  const names = new Map<string, string>();
  let primaries: ReadonlySet<string> = new Set();
  let archives = false;

  const statusAt = (address: string) => {
    const name = names.get(address) ?? '';
    return statusOf(name, primaries.has(name), operatorHash);
  };

  const rounds = standIn(async () => {
    const clusters = await plane.api.list(group, 'Cluster');
    const pods = (await plane.api.list('v1', 'Pod')).filter(
      (pod) => pod.metadata?.labels?.['cnpg.io/podRole'] === 'instance',
    );
    primaries = new Set(clusters.map((cluster) => textAt(cluster, 'status', 'targetPrimary')));
    for (const pod of pods) {
      const address = textAt(pod, 'status', 'podIP');
      if (address === '') {
        continue;
      }
      // kwok gives the address of a pod that is gone to the next one.
      names.set(address, pod.metadata?.name ?? '');
      const server = servers.get(address) ?? (await listen(address, () => statusAt(address)));
      servers.set(address, server);
      // A database that was deleted and made again has other certificates.
      server.setSecureContext(await certificateOf(plane, pod));
    }
    for (const cluster of clusters) {
      const target = textAt(cluster, 'status', 'targetPrimary');
      const runs = pods.some((pod) => pod.metadata?.name === target && textAt(pod, 'status', 'podIP') !== '');
      if (runs && at(cluster, 'status', 'currentPrimary') !== target) {
        const status = {
          currentPrimary: target,
          currentPrimaryTimestamp: new Date().toISOString(),
          timelineID: 1,
        };
        await plane.api.patch(referenceOf(cluster), { status }, 'status');
      }
    }
    for (const cluster of archives ? clusters : []) {
      // As the instance manager does after the first file: it is ready by then.
      if (isTrue(cluster, 'Ready') && !isTrue(cluster, archiving.type)) {
        const others = listAt(cluster, 'status', 'conditions').filter(
          (one) => at(one, 'type') !== archiving.type,
        );
        const condition = { ...archiving, lastTransitionTime: new Date().toISOString() };
        await plane.api.patch(
          referenceOf(cluster),
          { status: { conditions: [...others, condition] } },
          'status',
        );
      }
    }
    for (const database of clusters.length === 0 ? [] : await plane.api.list(group, 'Database')) {
      if (at(database, 'status', 'observedGeneration') !== at(database, 'metadata', 'generation')) {
        const status = { applied: true, observedGeneration: at(database, 'metadata', 'generation') };
        await plane.api.patch(referenceOf(database), { status }, 'status');
      }
    }
  });
  const instances: Instances = {
    archive: () => {
      archives = true;
    },
    stop: async () => {
      await rounds.stop();
      for (const server of servers.values()) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
  atTheEnd(instances.stop);
  return instances;
}

const group = 'postgresql.cnpg.io/v1';

const archiving = {
  type: 'ContinuousArchiving',
  status: 'True',
  reason: 'ContinuousArchivingSuccess',
  message: 'Continuous archiving is working',
};

/** The port of the instance manager: https://cloudnative-pg.io/docs/1.30/networking */
const statusPort = 8000;

async function certificateOf(plane: ControlPlane, pod: KubernetesObject) {
  const { labels, namespace = '' } = pod.metadata ?? {};
  const name = `${labels?.['cnpg.io/cluster']}-server`;
  const secret = await plane.api.get({ apiVersion: 'v1', kind: 'Secret', namespace, name });
  const decoded = (key: string) => Buffer.from(textAt(secret, 'data', key), 'base64');
  return { cert: decoded('tls.crt'), key: decoded('tls.key') };
}

async function listen(address: string, status: () => object): Promise<Server> {
  const server = createServer((request, response) => {
    const known = request.url?.startsWith('/pg/status') ?? false;
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(known ? JSON.stringify(status()) : '{}');
  });
  await new Promise<void>((done, failed) => {
    server.on('error', failed);
    server.listen(statusPort, address, done);
  });
  return server;
}

/** What the operator asks an instance for, as `PostgresqlStatus` of its source has it. */
function statusOf(pod: string, isPrimary: boolean, operatorHash: string): object {
  return {
    pod: { metadata: { name: pod } },
    systemID: '7000000000000000000',
    isPrimary,
    isWalReceiverActive: !isPrimary,
    ...(isPrimary
      ? { currentLsn: '0/3000000', isArchivingWAL: true }
      : { receivedLsn: '0/3000000', replayLsn: '0/3000000' }),
    currentWAL: '000000010000000000000003',
    timeLineID: 1,
    node: 'e2e',
    // The operator replaces instance managers whose program differs from its own.
    executableHash: operatorHash,
    instanceManagerVersion: '1.30.0',
    instanceArch: 'amd64',
    sessionID: pod,
  };
}
