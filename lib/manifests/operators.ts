import {
  instanceLabels,
  instanceRoleLabel,
  podRoleLabel,
  poolerLabel,
  postgresPort,
  secretOf,
  serviceOf,
} from '../cnpg/names.ts';
import { Field, isList } from './field.ts';
import type { Manifest } from './manifest.ts';

/** An object that no manifest holds because an operator makes it from another object. */
export interface Made {
  readonly apiGroup: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The keys of a secret or config map; undefined where they are not known. */
  readonly keys?: readonly string[];
  /** The ports of a service. */
  readonly ports?: readonly { readonly name: string; readonly number: number }[];
  /** The labels of the pods it makes. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** The object it is made from. */
  readonly by: Manifest;
}

/** What operators make from an object. */
export function madeFrom(manifest: Manifest): Made[] {
  const maker = makers[`${manifest.object.apiVersion.split('/')[0]}/${manifest.object.kind}`];
  if (maker === undefined || manifest.object.metadata?.name === undefined) {
    return [];
  }
  const field = Field.of(manifest);
  const namespace = manifest.object.metadata.namespace;
  return maker(field, manifest.object.metadata.name).map(({ keys, ...made }) => ({
    apiGroup: '',
    namespace,
    by: manifest,
    ...made,
    // An object that was not read whole has no spec, so that its keys cannot be told.
    ...(keys === undefined || !field.at('spec').exists ? {} : { keys }),
  }));
}

type Maker = (field: Field, name: string) => Omit<Made, 'by' | 'namespace' | 'apiGroup'>[];

const makers: Readonly<Record<string, Maker>> = {
  'postgresql.cnpg.io/Cluster': cluster,
  'postgresql.cnpg.io/Pooler': (_, name) => [
    { kind: 'Service', name, ports: [postgresPort] },
    { kind: 'Pod', name, podLabels: { [poolerLabel]: name, [podRoleLabel]: 'pooler' } },
  ],
  'cert-manager.io/Certificate': (field, name) => [
    ...ofName(field.at('spec', 'secretName'), (secret) => ({
      kind: 'Secret',
      name: secret,
      keys: ['tls.crt', 'tls.key', 'ca.crt', 'tls-combined.pem', 'key.der', 'keystore.p12', 'keystore.jks'],
    })),
    // While a challenge is answered: https://cert-manager.io/docs/configuration/acme/http01/
    { kind: 'Pod', name, podLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
  ],
  'external-secrets.io/ExternalSecret': externalSecret,
  'bitnami.com/SealedSecret': (field, name) => [
    {
      kind: 'Secret',
      name: field.at('spec', 'template', 'metadata', 'name').text ?? name,
      keys: [...keysOf(field.at('spec', 'encryptedData')), ...keysOf(field.at('spec', 'template', 'data'))],
    },
  ],
  'secrets.infisical.com/InfisicalSecret': (field) =>
    ofName(field.at('spec', 'managedSecretReference', 'secretName'), (name) => ({ kind: 'Secret', name })),
  // https://www.dragonflydb.io/docs/managing-dragonfly/operator/installation
  'dragonflydb.io/Dragonfly': (_, name) => [
    { kind: 'Service', name },
    { kind: 'Pod', name, podLabels: { app: name, 'app.kubernetes.io/name': 'dragonfly', role: 'master' } },
  ],
  // https://github.com/kube-object-storage/lib-bucket-provisioner
  'objectbucket.io/ObjectBucketClaim': (_, name) => [
    { kind: 'Secret', name },
    { kind: 'ConfigMap', name },
  ],
  'volsync.backube/ReplicationSource': movers,
  'volsync.backube/ReplicationDestination': movers,
  'onepassword.com/OnePasswordItem': (_, name) => [{ kind: 'Secret', name }],
};

// https://cloudnative-pg.io/documentation/current/applications/#secrets
const applicationKeys = [
  'username',
  'user',
  'password',
  'host',
  'port',
  'dbname',
  'pgpass',
  'uri',
  'jdbc-uri',
  'fqdn-uri',
  'fqdn-jdbc-uri',
];

function cluster(field: Field, name: string): Omit<Made, 'by' | 'namespace' | 'apiGroup'>[] {
  const certificates = ['tls.crt', 'tls.key'];
  const disabled = new Set(field.at('spec', 'managed', 'services', 'disabledDefaultServices').texts);
  return [
    ...(suppliedSecret(field)
      ? []
      : [{ kind: 'Secret', name: secretOf(name, 'app'), keys: applicationKeys }]),
    ...(field.get('spec', 'enableSuperuserAccess') === true
      ? [{ kind: 'Secret', name: secretOf(name, 'superuser'), keys: applicationKeys }]
      : []),
    { kind: 'Secret', name: secretOf(name, 'ca'), keys: ['ca.crt', 'ca.key'] },
    { kind: 'Secret', name: secretOf(name, 'server'), keys: certificates },
    { kind: 'Secret', name: secretOf(name, 'replication'), keys: certificates },
    { kind: 'ServiceAccount', name },
    ...(['rw', 'ro', 'r'] as const)
      .filter((suffix) => suffix === 'rw' || !disabled.has(suffix))
      .map((suffix) => ({ kind: 'Service', name: serviceOf(name, suffix), ports: [postgresPort] })),
    ...field.at('spec', 'managed', 'services', 'additional').items.flatMap((service) =>
      ofName(service.at('serviceTemplate', 'metadata', 'name'), (additional) => ({
        kind: 'Service',
        name: additional,
        ports: [postgresPort],
      })),
    ),
    {
      kind: 'Pod',
      name,
      podLabels: {
        ...instanceLabels(name),
        [podRoleLabel]: 'instance',
        [instanceRoleLabel]: 'primary',
        role: 'primary',
        'app.kubernetes.io/name': 'postgresql',
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/component': 'database',
        'app.kubernetes.io/managed-by': 'cloudnative-pg',
        // https://cloudnative-pg.io/documentation/current/labels_annotations/
        ...field.at('spec', 'inheritedMetadata', 'labels').labels,
      },
    },
  ];
}

/** The pods that copy, with the labels that the object wants for them: https://volsync.readthedocs.io/en/stable/usage/restic/ */
function movers(field: Field, name: string): Omit<Made, 'by' | 'namespace' | 'apiGroup'>[] {
  return field
    .at('spec')
    .entries.map(([, method]) => method.at('moverPodLabels'))
    .filter((labels) => labels.exists)
    .map(({ labels }) => ({ kind: 'Pod', name, podLabels: labels }));
}

/** Whether the owner's password comes from a secret of the user's own, so that none is generated. */
function suppliedSecret(field: Field): boolean {
  return ['initdb', 'recovery', 'pg_basebackup'].some(
    (way) => field.at('spec', 'bootstrap', way, 'secret', 'name').exists,
  );
}

// https://external-secrets.io/latest/api/externalsecret/
function externalSecret(field: Field, name: string): Omit<Made, 'by' | 'namespace' | 'apiGroup'>[] {
  const target = field.at('spec', 'target', 'name').text ?? name;
  const template = field.at('spec', 'target', 'template');
  const templated = keysOf(template.at('data'));
  const isMerged = template.get('mergePolicy') === 'Merge';
  // Once a template gives data, it alone decides the keys, unless it says that it only adds to them.
  if (
    template.at('templateFrom').exists ||
    ((templated.length === 0 || isMerged) && field.at('spec', 'dataFrom').exists)
  ) {
    return [{ kind: 'Secret', name: target }];
  }
  const fetched = field.at('spec', 'data').items.flatMap((item) => item.at('secretKey').text ?? []);
  return [
    {
      kind: 'Secret',
      name: target,
      keys: templated.length > 0 && !isMerged ? templated : [...templated, ...fetched],
    },
  ];
}

function keysOf(field: Field): string[] {
  return isList(field.value) ? [] : field.entries.map(([key]) => key);
}

function ofName<T>(field: Field, make: (name: string) => T): T[] {
  return field.text === undefined ? [] : [make(field.text)];
}
