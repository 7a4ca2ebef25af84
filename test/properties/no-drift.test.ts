import fc from 'fast-check';
import { parse } from 'yaml';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';
import { validInstallation } from './installations.ts';

interface Store {
  readonly destinationPath: string;
  readonly endpointURL?: string;
  readonly azureCredentials?: object;
  readonly s3Credentials?: object;
  readonly googleCredentials?: object;
}

interface Source {
  readonly plugin?: {
    readonly parameters: { readonly barmanObjectName: string; readonly serverName: string };
  };
  readonly barmanObjectStore?: Store & { readonly serverName: string };
}

/** A Cluster, as far as backup and recovery are concerned. */
interface Cluster {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly imageName: string;
    readonly postgresql: { readonly shared_preload_libraries: string[]; readonly parameters: object };
    readonly storage: { readonly size: string };
    readonly walStorage?: { readonly size: string };
    readonly plugins?: readonly NonNullable<Source['plugin']>[];
    readonly backup?: { readonly barmanObjectStore: Store & { readonly serverName: string } };
    readonly bootstrap: {
      readonly initdb?: { readonly secret?: object };
      readonly recovery?: { readonly database: string; readonly owner: string; readonly secret?: object };
    };
    readonly externalClusters?: readonly Source[];
  };
}

/** The objects of dist that must agree, of one text. */
function objectsOf(text: string) {
  const { files } = synthesize(new Map([['installations/x.yaml', text]]));
  const read = (part: string) => {
    const [, written] = [...(files ?? [])].find(([file]) => file.includes(part)) ?? [];
    return written === undefined ? undefined : parse(written);
  };
  const cluster: Cluster | undefined = read('/database/cluster.');
  const store: { spec: { configuration: Store } } | undefined = read('/database/objectstore.');
  const files_: { data: Record<string, string> } | undefined = read('/drill/configmap.');
  const drillStore: { metadata: { name: string }; spec: { configuration: Store } } | undefined =
    read('/drill/objectstore.');
  const extensions: { spec: { extensions: { name: string; version?: string }[] } } | undefined =
    read('/database/database.');
  const drill: Cluster | undefined = files_ && parse(files_.data['cluster.yaml'] ?? '');
  return { cluster, store, drill, drillStore, extensions, drillFiles: files_?.data };
}

/** A store without what opens it. */
function placeOf({ destinationPath, endpointURL }: Store) {
  return { destinationPath, endpointURL };
}

/** Where a Cluster archives to. */
function targetOf({ spec }: Cluster, store: Store | undefined) {
  const own = spec.backup?.barmanObjectStore;
  return {
    place: own === undefined ? store && placeOf(store) : placeOf(own),
    folder: own?.serverName ?? spec.plugins?.[0]?.parameters.serverName,
  };
}

/** Where a Cluster reads from. */
function sourceOf({ spec }: Cluster, store: Store | undefined) {
  const [source] = spec.externalClusters ?? [];
  const own = source?.barmanObjectStore;
  return {
    place: own === undefined ? store && placeOf(store) : placeOf(own),
    folder: own?.serverName ?? source?.plugin?.parameters.serverName,
  };
}

/** Where drill and recovery of a text differ from its backup, in words. */
function drift(text: string): string[] {
  const { cluster, store, drill, drillStore, extensions, drillFiles } = objectsOf(text);
  if (cluster === undefined) return [];
  const target = targetOf(cluster, store?.spec.configuration);
  const differing: string[] = [];
  const equal = (what: string, one: unknown, other: unknown) => {
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      differing.push(`${what}: ${JSON.stringify([one, other])}`);
    }
  };
  if (drill !== undefined) {
    const { spec } = drill;
    equal('drill: store and folder', sourceOf(drill, drillStore?.spec.configuration), target);
    equal('drill: image', spec.imageName, cluster.spec.imageName);
    const { shared_preload_libraries, parameters } = cluster.spec.postgresql;
    equal(
      'drill: settings',
      [spec.postgresql.shared_preload_libraries, spec.postgresql.parameters],
      [shared_preload_libraries, parameters],
    );
    equal(
      'drill: size',
      [spec.storage.size, spec.walStorage?.size],
      [cluster.spec.storage.size, cluster.spec.walStorage?.size],
    );
    equal(
      'drill: its own store',
      spec.externalClusters?.[0]?.plugin?.parameters.barmanObjectName,
      drillStore?.metadata.name,
    );
    for (const { name, version } of extensions?.spec.extensions ?? []) {
      const row = `('${name}', ${version === undefined ? 'null::text' : `'${version}'`})`;
      equal(`drill: extension ${name}`, drillFiles?.['20-extensions.sql']?.includes(row), true);
    }
    equal('drill: archives nothing', [spec.plugins, spec.backup], [undefined, undefined]);
  }
  const { recovery } = cluster.spec.bootstrap;
  if (recovery !== undefined) {
    const source = sourceOf(cluster, store?.spec.configuration);
    equal('recovery: store', source.place, target.place);
    equal('recovery: another folder', source.folder === target.folder, false);
    const [{ barmanObjectStore: from, plugin } = {}] = cluster.spec.externalClusters ?? [];
    const own = cluster.spec.backup?.barmanObjectStore;
    const opened = ({ azureCredentials, s3Credentials, googleCredentials }: Partial<Store> = {}) => ({
      azureCredentials,
      s3Credentials,
      googleCredentials,
    });
    equal('recovery: credentials', opened(from), opened(own));
    equal(
      'recovery: object store',
      plugin?.parameters.barmanObjectName,
      cluster.spec.plugins?.[0]?.parameters.barmanObjectName,
    );
    const { cluster: without, store: itsStore } = objectsOf(withoutRestore(text));
    equal('recovery: login', recovery.secret, without?.spec.bootstrap.initdb?.secret);
    equal('recovery: image', cluster.spec.imageName, without?.spec.imageName);
    equal('recovery: archive', target, without && targetOf(without, itsStore?.spec.configuration));
  }
  return differing;
}

/** The text without its restoreFrom, which is a mapping or a word. */
function withoutRestore(text: string): string {
  return text.replace(/^( +)restoreFrom:.*\n(?:\1 +.*\n)*/m, '');
}

const restored: fc.Arbitrary<string> = validInstallation.filter((text) => {
  const { installation } = parseInstallation('x.yaml', text);
  return installation?.database.kind === 'cnpg' && installation.database.cnpg.restoreFrom !== undefined;
});

test('the drill of any installation reads what its database writes', () => {
  fc.assert(
    fc.property(validInstallation, (text) => {
      expect(drift(text)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('the recovery of any installation reads from the store that its backup goes to', () => {
  fc.assert(
    fc.property(restored, (text) => {
      expect(objectsOf(text).cluster?.spec.bootstrap).toHaveProperty('recovery');
      expect(drift(text)).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test.each(Object.entries(shippedTexts))('%s has no drift', (_, text) => {
  expect(drift(text)).toEqual([]);
});
