import type { Construct } from 'constructs';
import type { Valkey } from '../installation/valkey.ts';
import { KubeConfigMap, KubePersistentVolumeClaim, Quantity } from '../kubernetes/api.ts';
import { checksum } from '../kubernetes/checksum.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import type { Mount } from '../kubernetes/mount.ts';
import { service } from '../kubernetes/service.ts';
import { workload } from '../kubernetes/workload.ts';
import { valkeyName, valkeyPort } from '../names.ts';

/** Valkey with its configuration and Service. */
export function valkey(
  scope: Construct,
  props: { readonly namespace: string; readonly valkey: Valkey },
): void {
  const { namespace, valkey } = props;
  const labels = labelsOf(valkeyName, 'valkey');
  const configuration = configurationOf(valkey);
  new KubeConfigMap(scope, 'immich-valkey-configuration', {
    metadata: { name: valkeyName, namespace, labels },
    data: { 'valkey.conf': configuration },
  });
  workload(scope, {
    name: valkeyName,
    namespace,
    component: 'valkey',
    image: valkey.image,
    replicas: 1,
    rollout: 'recreate',
    user: valkey.user,
    group: valkey.group,
    readOnlyRootFilesystem: true,
    environment: valkey.password === undefined ? [] : [{ name: 'VALKEY_PASSWORD', from: valkey.password }],
    arguments: [
      'valkey-server',
      '/etc/valkey/valkey.conf',
      ...(valkey.password === undefined ? [] : ['--requirepass', '$(VALKEY_PASSWORD)']),
    ],
    ports: [valkeyPort],
    health: { path: undefined, port: valkeyPort.name, startupSeconds: 5 * 60 },
    resources: valkey.resources,
    mounts: [
      { kind: 'configMap', volume: 'configuration', configMap: valkeyName, path: '/etc/valkey' },
      dataMount(valkey),
    ],
    preparations: [],
    temporarySize: '64Mi',
    graceSeconds: 30,
    podAnnotations: { 'checksum/configuration': checksum(configuration) },
    annotations: {},
  });
  service(scope, { name: valkeyName, namespace, component: 'valkey', ports: [valkeyPort] });
}

/** The claim for waiting jobs. */
export function valkeyClaim(
  scope: Construct,
  props: { readonly namespace: string; readonly valkey: Valkey },
): void {
  const { namespace, valkey } = props;
  if (valkey.persistence === undefined) return;
  const { annotations, labels } = dataMetadata(namespace);
  new KubePersistentVolumeClaim(scope, valkeyName, {
    metadata: {
      name: valkeyName,
      namespace,
      annotations,
      labels: { ...labelsOf(valkeyName, 'valkey'), ...labels },
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: valkey.persistence.storageClass,
      resources: { requests: { storage: Quantity.fromString(valkey.persistence.size.text) } },
    },
  });
}

function dataMount({ persistence }: Valkey): Mount {
  const place = { volume: 'data', path: '/data' };
  return persistence === undefined
    ? { kind: 'empty', size: '1Gi', ...place }
    : { kind: 'claim', claim: valkeyName, ...place };
}

/** With any other eviction policy BullMQ loses jobs: https://docs.bullmq.io/guide/going-to-production */
function configurationOf({ persistence }: Valkey): string {
  return [
    'bind * -::*',
    'protected-mode no',
    'dir /data',
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${persistence === undefined ? 'no' : 'yes'}`,
    '',
  ].join('\n');
}
