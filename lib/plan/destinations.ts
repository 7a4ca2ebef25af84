import { backedUpOf, backupPathOf } from '../installation/database.ts';
import type { Installation } from '../installation/installation.ts';
import {
  egressTo,
  isOwnService,
  type NamedHost,
  namedHostsOf,
  placeOf,
} from '../installation/named-hosts.ts';
import type { EgressSource } from '../installation/network.ts';
import { hasRemoteDatabase } from '../installation/remote-database.ts';
import type { Store } from '../installation/store.ts';
import { isOpenedByIdentity } from '../installation/workload-identity.ts';
import type { Addresses, Edge, OtherPods, OwnPods } from '../kubernetes/network.ts';
import { isHostOfVariable } from '../text/flux-variables.ts';
import type { Path } from '../text/path.ts';
import { addresses, everywhere } from './addresses.ts';
import { peerOf, tcp } from './peers.ts';
import { proxiesOf } from './proxies.ts';

/** Where something leads, and on which ports. */
type Destination = Pick<Edge, 'to' | 'ports'>;

/** The ways to what the file names, from some pods. */
export function namedEdges(
  installation: Installation,
  source: EgressSource,
  from: OwnPods,
  isMeant: (named: NamedHost) => boolean = () => true,
): Edge[] {
  return namedHostsOf(installation)
    .filter((named) => named.from.includes(source) && isMeant(named))
    .flatMap((named) => destinationsOf(installation, source, named).map((end) => ({ from, ...end })));
}

/** The ways that `network.egress` opens, from some pods. */
export function egressEdges({ network }: Installation, source: EgressSource, from: OwnPods): Edge[] {
  return network.egress
    .filter((one) => one.from === source)
    .map(({ to, ports, why }) => ({ from, to: peerOf(to), ports, why }));
}

/** The way to the store of the database's backups, and to what says who a pod is where that opens it. */
export function storeEdges(installation: Installation, source: EgressSource, from: OwnPods): Edge[] {
  const backup = backedUpOf(installation.database)?.backup;
  if (backup === undefined || backup === 'none') return [];
  const { store } = backup;
  const way = placeEdges(installation, store, source, from);
  return isOpenedByIdentity(store) ? [...way, ...identityEdges(store, from)] : way;
}

/**
 * The way to the restic repository of a volume: to its endpoint, else to the store of the database's backups, and where there
 * are none to one that is reached by HTTPS. It is never opened by an identity.
 */
export function repositoryEdges(
  installation: Installation,
  source: EgressSource,
  from: OwnPods,
  key: string,
): Edge[] {
  const { database, volumes } = installation;
  const own = Object.entries(volumes).find(([name]) => name === key)?.[1]?.backup;
  if (own !== undefined && own !== 'none' && own.kind === 'volsync' && own.endpoint !== undefined) {
    return namedEdges(installation, source, from, ({ path }) => isPrefix(['volumes', key], path));
  }
  const backup = backedUpOf(database)?.backup;
  return backup === undefined || backup === 'none'
    ? [anyStore(from)]
    : placeEdges(installation, backup.store, source, from);
}

/** The way to where a store is, which has no name in the file where it is Amazon's or Google's. */
function placeEdges(installation: Installation, store: Store, source: EgressSource, from: OwnPods): Edge[] {
  const isNamed = store.kind === 'azure' || (store.kind === 's3' && store.endpoint !== undefined);
  return isNamed
    ? namedEdges(installation, source, from, ({ path }) =>
        isPrefix(backupPathOf(installation.database), path),
      )
    : [anyStore(from)];
}

function anyStore(from: OwnPods): Edge {
  return { from, to: addresses('the object store', everywhere), ports: [tcp(443)] };
}

/** The ways to what tells a pod who it is: https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy */
function identityEdges({ kind }: Store, from: OwnPods): Edge[] {
  const name = "the cloud's metadata service";
  const metadata = addresses(name, ['169.254.169.254/32', '169.254.170.23/32']);
  const ofGoogle = addresses(name, ['169.254.169.252/32']);
  const toNode = { entities: ['host'] } as const;
  return [
    { from, to: { ...metadata, ...toNode }, ports: [tcp(80)] },
    ...(kind === 'gcs' ? [{ from, to: { ...ofGoogle, ...toNode }, ports: [tcp(988)] }] : []),
  ];
}

/**
 * Where a host that the file names is reached. A Service has the ports of its pods only where these are the same, so
 * that `network.egress` goes first. Policies know no names: a host outside is everywhere, except for Cilium.
 */
function destinationsOf(
  installation: Installation,
  source: EgressSource,
  { name, host, port, isWeb, ranges }: NamedHost,
): Destination[] {
  const place = placeOf(host, installation.namespace);
  const ports = [tcp(port)];
  switch (place.kind) {
    case 'service': {
      const isOpen =
        isOwnService(installation, place) || egressTo(installation, source, place.namespace).length > 0;
      const pods: OtherPods = { kind: 'other', name, namespaces: [place.namespace], labels: {} };
      return isOpen ? [] : [{ to: pods, ports }];
    }
    case 'address':
      return [{ to: addresses(name, [place.range]), ports }];
    case 'outside': {
      const written = ranges?.map((range) => range.text) ?? everywhere;
      const anywhere = addresses(name, written);
      const outside: Addresses = isHostOfVariable(host) ? anywhere : { ...anywhere, hosts: [host] };
      const isFar = (source === 'database' || source === 'drill') && hasRemoteDatabase(installation);
      const isNear = isWeb && !isFar && haveOneParent(host, installation.host);
      return [
        { to: outside, ports },
        ...(isNear && (port === 80 || port === 443) ? backInside(installation, name, port) : []),
      ];
    }
  }
}

/**
 * The way to the proxy of Immich itself, behind which a neighbour of its host may be: a connection to the address of
 * the proxy's Service arrives at its pods, on their own port, and that is what policies see.
 */
function backInside(installation: Installation, name: string, port: 80 | 443): Destination[] {
  return proxiesOf(installation).flatMap(({ peer, portShift }) =>
    portShift === undefined
      ? []
      : [
          {
            to: { ...peer, name: `${peer.name}, for the case that ${name} is behind it` },
            ports: [tcp(port + portShift)],
          },
        ],
  );
}

/** Whether two hosts differ in their first label only, as auth.example.com and photos.example.com do. */
function haveOneParent(one: string, other: string): boolean {
  const [, ...parent] = one.split('.');
  const [, ...second] = other.split('.');
  return parent.length > 1 && parent.join('.') === second.join('.');
}

function isPrefix(start: Path, path: Path): boolean {
  return start.every((step, index) => path[index] === step);
}
