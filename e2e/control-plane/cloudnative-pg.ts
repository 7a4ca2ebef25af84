import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isList, isMapping } from '../../lib/manifests/field.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import type { ControlPlane } from './api-server.ts';
import { established } from './custom-resources.ts';
import { eventually } from './eventually.ts';
import { manifestsIn } from './manifests.ts';
import { freePorts, socketFolder, start } from './processes.ts';
import { toolPath } from './tools.ts';
import { textAt } from './value.ts';

/**
 * Installs CloudNativePG's own release and runs its operator, with its webhooks, and the Barman plugin. The two
 * find each other by a socket, as the operator has no DNS here to find the plugin's Service.
 */
export async function startCloudNativePG(plane: ControlPlane): Promise<void> {
  const [webhookPort = 0, metricsPort = 0] = await freePorts(2);
  const operator = toolPath('cnpg-operator', 'cnpg-operator');
  const folder = join(plane.folder, 'cnpg');
  const plugins = socketFolder();
  const certificates = join(folder, 'webhook');
  for (const each of [join(folder, 'operator'), certificates]) {
    mkdirSync(each, { recursive: true });
  }
  // The operator hands itself to its pods, and looks for its binary of each architecture here.
  symlinkSync(operator, join(folder, 'operator', 'manager_amd64'));
  const { certificate, key } = plane.authority.server(['localhost'], ['127.0.0.1']);
  for (const name of ['tls', 'apiserver']) {
    writeFileSync(join(certificates, `${name}.crt`), certificate);
    writeFileSync(join(certificates, `${name}.key`), key, { mode: 0o600 });
  }

  const release = manifestsIn(readFileSync(toolPath('cnpg-operator', 'release.yaml'), 'utf8'));
  for (const object of release) {
    await plane.api.apply(withWebhooksAt(object, `https://127.0.0.1:${webhookPort}`, plane.access.authority));
  }
  await established(plane.api);
  const plugin = start({
    name: `${plane.name}.barman-plugin`,
    binary: toolPath('barman-plugin', 'barman-plugin'),
    folder,
    args: ['operator', '--plugin-path', plugins, '--health-probe-bind-address', '0'],
    environment: {
      KUBECONFIG: plane.kubeconfig,
      SIDECAR_IMAGE: 'ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.14.0',
    },
  });
  await eventually(`${plugin.name} listens`, async () => {
    return readdirSync(plugins).length > 0 ? true : undefined;
  });
  const manager = start({
    name: `${plane.name}.cnpg-operator`,
    binary: operator,
    folder,
    args: [
      'controller',
      ...['--metrics-bind-address', `127.0.0.1:${metricsPort}`, '--webhook-port', `${webhookPort}`],
    ],
    environment: {
      KUBECONFIG: plane.kubeconfigAs('system:serviceaccount:cnpg-system:cnpg-manager'),
      OPERATOR_NAMESPACE: 'cnpg-system',
      POD_NAMESPACE: 'cnpg-system',
      OPERATOR_DEPLOYMENT_NAME: 'cnpg-controller-manager',
      OPERATOR_IMAGE_NAME: 'ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0',
      MONITORING_QUERIES_CONFIGMAP: 'cnpg-default-monitoring',
      PLUGIN_SOCKET_DIR: plugins,
      // As in its image: schedules are read in local time.
      TZ: 'UTC',
      WEBHOOK_CERT_DIR: certificates,
    },
  });
  await eventually(`${manager.name} answers as webhook`, async () => {
    const probe = {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: 'probe', namespace: 'default' },
      spec: { instances: 1, storage: { size: '1Gi' } },
    };
    await plane.api.apply(probe, { dryRun: true });
    return true;
  });
}

/** A webhook configuration asks the operator's process instead of its Service. Other objects stay as they are. */
function withWebhooksAt(object: KubernetesObject, server: string, authority: string): KubernetesObject {
  const webhooks = object['webhooks'];
  if (!isList(webhooks)) {
    return object;
  }
  return {
    ...object,
    webhooks: webhooks.map((webhook) => ({
      ...(isMapping(webhook) ? webhook : {}),
      clientConfig: {
        url: `${server}${textAt(webhook, 'clientConfig', 'service', 'path')}`,
        caBundle: Buffer.from(authority).toString('base64'),
      },
    })),
  };
}
