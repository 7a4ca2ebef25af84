import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { KeyReferenceView } from './container.ts';
import type { WorkloadView } from './workload.ts';

/** A secret that an object cannot do without. */
export interface SecretReferenceView {
  /** Its name where it is written. */
  readonly name: Field;
  /** The keys it must have, where they are written. */
  readonly keys: readonly Field[];
  /** Keys it must have that are written nowhere. */
  readonly impliedKeys?: readonly string[];
  readonly namespace: string | undefined;
  /** What happens while it is missing. */
  readonly consequence: string;
}

/** Every secret that pods, databases and object stores need. TLS secrets of routes are not among them. */
export function secretReferences(inventory: Inventory): SecretReferenceView[] {
  return [
    ...inventory.workloads.flatMap(ofWorkload),
    ...inventory.all('postgresql.cnpg.io', 'Cluster').flatMap(ofCluster),
    ...inventory
      .all('barmancloud.cnpg.io', 'ObjectStore')
      .flatMap((store) => ofStore(store, store.at('spec', 'configuration'))),
    ...inventory
      .all('postgresql.cnpg.io', 'DatabaseRole')
      .map((role) => referenceByKey(role, role.at('spec', 'passwordSecret'), 'the role gets no password')),
  ].filter(({ name }) => name.exists);
}

/** The secrets with the credentials of a Barman object store. */
function storeCredentials(configuration: Field): { readonly name: Field; readonly key: Field }[] {
  return ['azureCredentials', 's3Credentials', 'googleCredentials']
    .flatMap((provider) => configuration.at(provider).entries.map(([, leaf]) => leaf))
    .concat(configuration.at('endpointCA'))
    .flatMap((leaf) => (leaf.at('name').exists ? [{ name: leaf.at('name'), key: leaf.at('key') }] : []));
}

function ofWorkload(workload: WorkloadView): SecretReferenceView[] {
  const { namespace } = workload;
  const consequence = 'the pod does not start';
  const fromContainers = workload.containers
    .flatMap((container) => [
      ...container.environment.flatMap(({ from }) => from ?? []),
      ...container.environmentFrom,
    ])
    .filter(({ kind, optional }) => kind === 'Secret' && !optional)
    .map(({ name, key }: KeyReferenceView) => ({
      name,
      keys: key === undefined ? [] : [key],
      namespace,
      consequence,
    }));
  const fromVolumes = workload.volumes.flatMap(({ field }) => [
    ...ofVolume(field.at('secret'), 'secretName', namespace),
    ...field
      .at('projected', 'sources')
      .items.flatMap((source) => ofVolume(source.at('secret'), 'name', namespace)),
  ]);
  return [...fromContainers, ...fromVolumes];
}

function ofVolume(secret: Field, nameField: string, namespace: string | undefined): SecretReferenceView[] {
  return secret.get('optional') === true
    ? []
    : [
        {
          name: secret.at(nameField),
          keys: secret.at('items').items.map((item) => item.at('key')),
          namespace,
          consequence: 'the pod does not start',
        },
      ];
}

function ofCluster(cluster: Field): SecretReferenceView[] {
  const spec = cluster.at('spec');
  const bootstrap = ['initdb', 'recovery', 'pg_basebackup'].map((way) => ({
    ...referenceByKey(cluster, spec.at('bootstrap', way, 'secret'), 'the database is not set up'),
    // It is of the type kubernetes.io/basic-auth: https://cloudnative-pg.io/documentation/current/bootstrap/
    impliedKeys: ['username', 'password'],
  }));
  const certificates = ['serverCASecret', 'serverTLSSecret', 'clientCASecret', 'replicationTLSSecret'].map(
    (secret) => ({
      name: spec.at('certificates', secret),
      keys: [],
      namespace: cluster.at('metadata', 'namespace').text,
      consequence: 'the database does not start',
    }),
  );
  return [
    ...bootstrap,
    referenceByKey(cluster, spec.at('superuserSecret'), 'the superuser gets no password'),
    ...certificates,
    ...ofStore(cluster, spec.at('backup', 'barmanObjectStore')),
    ...spec
      .at('externalClusters')
      .items.flatMap((external) => [
        ...ofStore(cluster, external.at('barmanObjectStore'), 'nothing can be restored from it'),
        referenceByKey(cluster, external.at('password'), 'the other database cannot be reached'),
      ]),
    ...spec
      .at('managed', 'roles')
      .items.map((role) => referenceByKey(cluster, role.at('passwordSecret'), 'the role gets no password')),
  ];
}

function ofStore(
  owner: Field,
  configuration: Field,
  consequence = 'no WAL is archived and every backup fails',
): SecretReferenceView[] {
  return storeCredentials(configuration).map(({ name, key }) => ({
    name,
    keys: [key],
    namespace: owner.at('metadata', 'namespace').text,
    consequence,
  }));
}

function referenceByKey(owner: Field, secret: Field, consequence: string): SecretReferenceView {
  const key = secret.at('key');
  return {
    name: secret.at('name'),
    keys: key.exists ? [key] : [],
    namespace: owner.at('metadata', 'namespace').text,
    consequence,
  };
}
