import { join } from 'node:path';
import type { ControlPlane } from './api-server.ts';
import { eventually } from './eventually.ts';
import { freePorts, start } from './processes.ts';
import { toolPath } from './tools.ts';
import { isTrue } from './value.ts';

/**
 * Runs what makes workloads of objects: kube-controller-manager, kube-scheduler, and kwok in the place of a
 * node, which says of every pod that it is ready, and of every Job's that it is complete.
 *
 * @param network the second byte of the pods' addresses, `127.<network>.0.0/16`. Loopback, because operators
 *   do contact pods.
 */
export async function startWorkloads(plane: ControlPlane, network: number): Promise<void> {
  const [managerPort = 0, schedulerPort = 0] = await freePorts(2);
  const client = ['--kubeconfig', plane.kubeconfig];
  const listen = ['--bind-address', '127.0.0.1', '--leader-elect=false'];
  const stage = (path: string) => ['-c', join(toolPath('kwok', 'stage'), path)];
  start({
    name: `${plane.name}.kube-controller-manager`,
    binary: toolPath('kube', 'kube-controller-manager'),
    args: [
      ...['--kubeconfig', plane.kubeconfigAs('system:kube-controller-manager')],
      ...listen,
      ...[
        '--secure-port',
        `${managerPort}`,
        '--service-account-private-key-file',
        plane.serviceAccountKeyFile,
      ],
      ...['--root-ca-file', plane.authorityFile, '--use-service-account-credentials=false'],
      // A busy machine must not make the node look dead, and every pod with it.
      '--node-monitor-grace-period=1h',
    ],
  });
  start({
    name: `${plane.name}.kube-scheduler`,
    binary: toolPath('kube', 'kube-scheduler'),
    args: [...client, ...listen, '--secure-port', `${schedulerPort}`],
  });
  start({
    name: `${plane.name}.kwok`,
    binary: toolPath('kwok', 'kwok'),
    args: [
      ...client,
      ...['--manage-all-nodes=true', '--cidr', `127.${network}.0.0/16`, '--node-ip', `127.${network}.255.1`],
      ...stage('node/fast/node-initialize.yaml'),
      ...stage('node/heartbeat-with-lease/node-heartbeat-with-lease.yaml'),
      ...stage('pod/fast/pod-ready.yaml'),
      ...stage('pod/fast/pod-complete.yaml'),
      ...stage('pod/fast/pod-delete.yaml'),
    ],
  });
  const capacity = { cpu: '64', memory: '256Gi', pods: '250', 'ephemeral-storage': '1Ti' };
  const node = { apiVersion: 'v1', kind: 'Node', name: 'e2e' };
  await plane.api.create({
    ...node,
    metadata: { name: node.name },
    status: { capacity, allocatable: capacity },
  });
  for (const name of ['longhorn', 'local-path']) {
    await plane.api.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'e2e.invalid/none',
      allowVolumeExpansion: true,
      reclaimPolicy: 'Retain',
    });
  }
  await eventually(`${plane.name}.kwok makes the node ready`, async () => {
    return isTrue(await plane.api.get(node), 'Ready') ? true : undefined;
  });
}
