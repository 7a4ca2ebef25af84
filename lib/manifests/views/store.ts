import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';

/** Where the Barman tools of a database are told about a store, and how they run. */
export interface StoreView {
  /** `barmanObjectStore` of a Cluster, or `spec.configuration` of an ObjectStore. */
  readonly configuration: Field;
  /** The list of variables that these tools see. */
  readonly variables: Field;
  /** The list of config maps and secrets that bring more; an ObjectStore has none. */
  readonly variablesFrom: Field;
}

/** Every store that manifests configure, for backups and for recoveries, in-tree and with the plugin. */
export function stores(inventory: Inventory): StoreView[] {
  return [
    ...inventory.all('barmancloud.cnpg.io', 'ObjectStore').map((store) => ({
      configuration: store.at('spec', 'configuration'),
      variables: store.at('spec', 'instanceSidecarConfiguration', 'env'),
      variablesFrom: store.at('spec', 'instanceSidecarConfiguration', 'envFrom'),
    })),
    ...inventory.all('postgresql.cnpg.io', 'Cluster').flatMap((cluster) =>
      [
        cluster.at('spec', 'backup', 'barmanObjectStore'),
        ...cluster.at('spec', 'externalClusters').items.map((external) => external.at('barmanObjectStore')),
      ].map((configuration) => ({
        configuration,
        variables: cluster.at('spec', 'env'),
        variablesFrom: cluster.at('spec', 'envFrom'),
      })),
    ),
  ].filter(({ configuration }) => configuration.exists);
}
