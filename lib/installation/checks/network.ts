import type { Place } from '../../schema/place.ts';
import { isHostOfVariable } from '../../text/flux-variables.ts';
import { quote } from '../../text/quoting.ts';
import { enumerate } from '../../values/parsed.ts';
import { drillNamespaceOf } from '../drill-namespace.ts';
import type { Installation } from '../installation.ts';
import { learningPoolsOf } from '../machine-learning.ts';
import { egressTo, isOwnService, namedHostsOf, placeOf } from '../named-hosts.ts';
import type { EgressSource } from '../network.ts';
import { volumeBackupsOf } from '../volume-backups.ts';
import { hasDatabaseBeside } from './database.ts';

/** What the file names can be reached, and what it opens belongs to pods that are there. */
export function checkNetwork(installation: Installation, at: Place): void {
  const { configuration, network, server } = installation;
  if (!network.policies) return;
  checkServices(installation, at);
  tellUnknownPlaces(installation, at);
  const { type } = server.service;
  if (type !== 'ClusterIP' && network.clients.length === 0) {
    at.in('server', 'service', 'type').warning(
      `${quote(type)} opens a way to the server, and network policies let nobody in by it. Write network: { clients: [{ from: { cidr: 192.168.1.0/24 }, why: "the house" }] } with those who may.`,
    );
  }
  network.egress.forEach(({ from }, index) => {
    const missing = missingPods(installation, from);
    if (missing !== undefined) at.in('network', 'egress', index, 'from').error(`${quote(from)} ${missing}`);
  });
  if (
    configuration.kind === 'secret' &&
    !server.internet &&
    !network.egress.some(({ from }) => from === 'server')
  ) {
    at.in('configSecret').warning(
      `What the Secret ${quote(configuration.reference.secret)} names, such as an identity provider or a mail server, is not known here, and network policies keep Immich from it. Write network: { egress: [{ from: server, to: { cidr: 0.0.0.0/0 }, ports: [443], why: "single sign-on" }] }, or server: { internet: true }.`,
    );
  }
}

/** The ports that programs without root do not listen on: behind a Service on one of them pods have another. */
const lowestFree = 1024;

/** Services inside of the cluster whose pods' port nobody can know from here. */
function checkServices(installation: Installation, at: Place): void {
  for (const { path, from, host, port, name } of namedHostsOf(installation)) {
    const place = placeOf(host, installation.namespace);
    if (place.kind !== 'service' || isOwnService(installation, place)) continue;
    const { namespace } = place;
    const isBeside = namespace === installation.namespace;
    // A database beside an Immich that is alone there is refused before: what it needs is told once it may be there.
    if (isBeside && hasDatabaseBeside(installation) && path[0] === 'database') continue;
    const closed = from.filter((source) => egressTo(installation, source, namespace).length === 0);
    if (closed.length === 0 || (port >= lowestFree && !isBeside)) continue;
    const entries = closed.map(
      (source) =>
        `{ from: ${source}, to: { namespace: ${namespace}, labels: { app: ${place.service} } }, ports: [${port < lowestFree ? 8080 : port}], why: ${quote(name)} }`,
    );
    const reason = isBeside
      ? "is a Service beside Immich, and policies let only Immich's own pods talk to each other"
      : `is a Service inside of the cluster, and policies see the port of its pods, which is not ${port} as a rule`;
    at.in(...path).error(
      `${quote(`${host}:${port}`)} ${reason}. Write network: { egress: [${entries.join(', ')}] } with the labels of its pods, and the port that they listen on.`,
    );
  }
}

/** Addresses that Flux fills in whole, of which policies know nothing. */
function tellUnknownPlaces(installation: Installation, at: Place): void {
  const { egress } = installation.network;
  for (const { path, from, host } of namedHostsOf(installation)) {
    const closed = from.filter((source) => !egress.some((one) => one.from === source));
    if (!isHostOfVariable(host) || closed.length === 0) continue;
    at.in(...path).warning(
      `Neither host nor port of ${quote(host)} is known here, so that policies let ${enumerate(closed)} out on port 443, to addresses outside of the cluster. Where it is elsewhere, write network: { egress: [{ from: ${closed[0]}, to: { cidr: 192.168.1.9/32 }, ports: [9000], why: "the store" }] }.`,
    );
  }
}

/** Why there are no such pods, and what to do about it. */
function missingPods(installation: Installation, from: EgressSource): string | undefined {
  const { database, machineLearning } = installation;
  switch (from) {
    case 'server':
      return undefined;
    case 'machineLearning':
      return learningPoolsOf(machineLearning).length > 0
        ? undefined
        : 'has no pods of ours: machine learning runs elsewhere, or not at all. Write server, or remove the entry.';
    case 'database':
      return database.kind === 'cnpg'
        ? undefined
        : 'has no pods of ours: the database is external. Write server, or remove the entry.';
    case 'drill':
      return drillNamespaceOf(installation) === undefined
        ? 'has no pods: there is no restore drill. Remove the entry.'
        : undefined;
    case 'backup':
      return volumeBackupsOf(installation).some(({ backup }) => backup.kind === 'volsync')
        ? undefined
        : 'has no pods: no volume is backed up by VolSync. Remove the entry.';
  }
}
