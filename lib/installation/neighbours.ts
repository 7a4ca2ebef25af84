import { archiveFolderOf } from '../cnpg/lineage.ts';
import type { Path } from '../text/path.ts';
import { quote } from '../text/quoting.ts';
import { backupPathOf, databasePathOf } from './database.ts';
import { layerNameOf, layerNames } from './delivery.ts';
import { drillNamespaceOf } from './drill-namespace.ts';
import type { Installation } from './installation.ts';
import type { FileProblem, ParsedFile } from './parse.ts';

/** What two installations may not share, and how it is said. */
interface Claim {
  readonly what: string;
  readonly path: Path;
  readonly harm: string;
  /** Another claim of the same file; who may not have that one is not told of this one too. */
  readonly with?: string;
}

/** Checks installations against each other: names, namespaces, hosts, backup folders and exports are used once. */
export function checkNeighbours(files: readonly ParsedFile[]): FileProblem[] {
  const owners = new Map<string, string>();
  return files.flatMap(({ file, installation, locate }) =>
    (installation === undefined ? [] : claimsOf(installation)).flatMap(
      ({ what, path, harm, with: cause = what }) => {
        const owner = owners.get(what);
        if (owner === undefined) owners.set(what, file);
        const known = owners.get(cause);
        return owner === undefined || owner === file || (cause !== what && known !== file)
          ? []
          : [locate(path, `${what} is used by ${owner} too. ${harm}`)];
      },
    ),
  );
}

function claimsOf(installation: Installation): readonly Claim[] {
  const { name, namespace, clusters, database, volumes, route, host, hosts, flux } = installation;
  const claims: Claim[] = [
    {
      what: `The name ${quote(name)}`,
      path: ['name'],
      harm: 'Both would write to the same folder of dist; rename one.',
    },
    ...[...new Set([clusters.app, clusters.database])].map((cluster) => ({
      what: `The namespace ${quote(namespace)} of the cluster ${quote(cluster)}`,
      path: ['namespace'],
      harm: 'Their objects have the same names; give one another namespace.',
    })),
  ];
  for (const [path, own] of [
    [['host'], host] as const,
    ...hosts.map((one, index) => [['hosts', index, 'host'], one.host] as const),
  ]) {
    claims.push({
      what: `The host ${quote(own)} of the cluster ${quote(clusters.app)}`,
      path,
      harm: 'A request would reach either of them; give each a host of its own.',
      with: `The namespace ${quote(namespace)} of the cluster ${quote(clusters.app)}`,
    });
  }
  if (flux.layout === 'cluster-template') {
    for (const layer of layerNames) {
      const kustomization = layerNameOf(installation, layer);
      claims.push(
        ...[...new Set([clusters.app, clusters.database])].map((cluster) => ({
          what: `The Kustomization ${quote(kustomization)} in the namespace ${quote(flux.namespace)} of the cluster ${quote(cluster)}`,
          path: ['name'],
          harm: 'Of two with one name Flux has one; rename one of the installations.',
          with: `The name ${quote(name)}`,
        })),
      );
    }
  }
  const drill = drillNamespaceOf(installation);
  if (drill !== undefined) {
    claims.push({
      what: `The namespace ${quote(drill)} of the cluster ${quote(clusters.database)}`,
      path: [...backupPathOf(database), 'drill', 'namespace'],
      harm: "Their objects have the same names; give one's drill another namespace.",
      with: `The namespace ${quote(namespace)} of the cluster ${quote(clusters.database)}`,
    });
  }
  for (const [key, volume] of Object.entries(volumes)) {
    if (volume?.kind === 'nfs') {
      claims.push({
        what: `The export ${quote(volume.path)} of ${quote(volume.server)}`,
        path: ['volumes', key, 'nfs'],
        harm: 'Each would overwrite the files of the other; export another folder.',
      });
    }
  }
  if (database.kind === 'external') {
    // The name of a Service means another one in each cluster.
    const where = /\.svc(\.|$)/.test(database.host) ? ` in the cluster ${quote(clusters.app)}` : '';
    claims.push({
      what: `The database ${quote(database.database)} of ${quote(`${database.host}:${database.port}`)}${where}`,
      path: database.cluster === undefined ? ['database', 'external', 'database'] : databasePathOf(database),
      harm: 'Two Immich in one database destroy it; give each a database of its own.',
    });
  }
  if (route.door.kind === 'traefik' && route.door.k3s) {
    claims.push({
      what: `The Traefik of the cluster ${quote(clusters.app)}`,
      path: ['route', 'traefik', 'k3s'],
      harm: 'One of them sets its timeout for all; write k3s: false here.',
    });
  }
  if (database.kind === 'cnpg' && database.cnpg.backup !== 'none') {
    const { store } = database.cnpg.backup;
    claims.push({
      what: `The backup folder ${quote(archiveFolderOf(database.cnpg))} below ${quote(store.destinationPath)}`,
      path: ['database', 'cnpg', 'backup', store.kind],
      harm: 'Neither could be restored; write another name, lineage or store.',
    });
  }
  return claims;
}
