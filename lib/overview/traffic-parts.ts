import type { Installation } from '../installation/installation.ts';
import { databaseOfOthers, namedHostsOf, placeOf } from '../installation/named-hosts.ts';
import { moverNameOf } from '../installation/volume-backups.ts';
import type { Edge, OwnPods, Peer } from '../kubernetes/network.ts';
import { databasePodsOf, podsOf } from '../kubernetes/own-pods.ts';
import { challengeSolverName, dumpImportName, serverName, vectorIndexesName } from '../names.ts';
import { storeEdges } from '../plan/destinations.ts';
import { apiServerOf, operatorOf, prometheus } from '../plan/peers.ts';
import type { Plan } from '../plan/plan.ts';
import { remoteDatabase, remoteImmich, trafficOf } from '../plan/traffic.ts';
import { enumerate } from '../values/parsed.ts';
import { portText } from '../values/port.ts';
import { doorDetailsOf, doorsOf } from './doors.ts';
import type { PictureNode, PictureParts } from './picture.ts';
import { programNode } from './program-node.ts';

/** Who looks at photos and brings new ones. */
const people = 'Browsers and phones';

/**
 * The programs, and who talks to whom. What says nothing about this installation is left out: DNS, the Kubernetes API,
 * CloudNativePG's operator, Prometheus, and pods that come and go. Ways to stores are told with the backups.
 */
export function trafficParts(plan: Plan): PictureParts {
  const { installation } = plan;
  const { app, database } = installation.clusters;
  const traffic = [...new Set([app, database])].map((cluster) => trafficOf(plan, cluster));
  const programs = traffic.flatMap(({ pods }) => pods).filter((pods) => !isPassing(plan, pods));
  const edges = traffic
    .flatMap((one) => one.edges)
    .map(({ from, to, ...rest }) => ({ ...rest, from: asItIs(plan, from), to: asItIs(plan, to) }))
    .filter(({ from, to }) => from.name !== to.name && isTold(plan, from) && isTold(plan, to))
    .filter((edge) => !leadsToStore(installation, edge))
    .map((edge) => ({ ...edge, to: asNamed(installation, edge) }));
  const others = edges.flatMap(({ from, to }) => [from, to]).filter(({ kind }) => kind !== 'own');
  const doors = doorsOf(installation);
  const hosts = namedHostsOf(installation);
  return {
    nodes: [
      { name: people, shape: 'outside', details: [], frame: undefined },
      ...others.map(({ name }): PictureNode => {
        const details = doors.includes(name)
          ? doorDetailsOf(installation)
          : hosts.flatMap((named) => (named.name === name ? [named.host] : []));
        return {
          name,
          shape: 'outside',
          details: [...details, ...ownersOf(installation, name)],
          frame: undefined,
        };
      }),
      ...programs.map(({ name }) => programNode(plan, name)),
    ],
    arrows: [
      ...doors.map((door) => ({ from: people, to: door, text: 'HTTPS', isCopy: false })),
      ...edges.map(({ from, to, ports }) => ({
        from: from.name,
        to: to.name,
        text: enumerate(ports.map(portText)),
        isCopy: false,
      })),
    ],
  };
}

/** Whose the database is, and who backs it up where no backup of it is known here. */
function ownersOf({ database }: Installation, name: string): string[] {
  if (name !== databaseOfOthers || database.kind !== 'external') return [];
  if (database.cluster === undefined) return ['backed up by those who run it'];
  const { name: cluster, namespace, cnpg } = database.cluster;
  const told = cnpg.backup === 'none' ? ['backed up by those who own it'] : [];
  return [`Cluster ${cluster} of others, in the namespace ${namespace}`, ...told];
}

/** An end as it is: each cluster sees the other's pods only as addresses. */
function asItIs({ installation, isRemote }: Plan, peer: Peer): Peer {
  const { database } = installation;
  if (!isRemote || database.kind !== 'cnpg') return peer;
  if (peer.name === remoteDatabase) return databasePodsOf(database.cnpg.name);
  return peer.name === remoteImmich ? podsOf(serverName) : peer;
}

/** Pods in a namespace of others, by what the file says of a host there: `Valkey`, and not where it happens to run. */
function asNamed(installation: Installation, { to, ports }: Edge): Peer {
  if (to.kind !== 'other') return to;
  const named = namedHostsOf(installation).find(({ host, port }) => {
    const place = placeOf(host, installation.namespace);
    return (
      place.kind === 'service' &&
      to.namespaces.includes(place.namespace) &&
      ports.some(({ port: open }) => open === port)
    );
  });
  return named === undefined ? to : { ...to, name: named.name };
}

/** Whether an end of a connection says something about this installation. */
function isTold(plan: Plan, peer: Peer): boolean {
  const { installation } = plan;
  if (peer.kind === 'own') return !isPassing(plan, peer);
  const usual = [apiServerOf(installation), operatorOf(installation), prometheus('')].map(({ name }) => name);
  return peer.isDns !== true && !usual.includes(peer.name);
}

/** Whether pods do one thing and are gone. */
function isPassing({ volumeBackups }: Plan, { name }: OwnPods): boolean {
  const movers = volumeBackups.map(({ claim }) => moverNameOf(claim));
  return [dumpImportName, vectorIndexesName, challengeSolverName, ...movers].includes(name);
}

/** Whether the database reaches the store of its backups by it. */
function leadsToStore(installation: Installation, { from, to }: Edge): boolean {
  return (
    from.kind === 'own' &&
    installation.database.kind === 'cnpg' &&
    from.name === installation.database.cnpg.name &&
    storeEdges(installation, 'database', from).some((edge) => edge.to.name === to.name)
  );
}
