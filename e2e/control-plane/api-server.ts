import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, ApiClient } from './api-client.ts';
import { type Authority, createAuthority, keyPair } from './certificates.ts';
import { atTheEnd } from './endings.ts';
import { eventually } from './eventually.ts';
import { freePorts, ownFolder, type RunningProcess, start } from './processes.ts';
import { toolPath } from './tools.ts';

/** A Kubernetes API of its own, empty at first, and what is needed to run controllers against it. */
export interface ControlPlane {
  /** Also the start of the names of its programs' logs. */
  readonly name: string;
  readonly folder: string;
  readonly access: Access;
  readonly api: ApiClient;
  /** The path of a kubeconfig of a cluster administrator. */
  readonly kubeconfig: string;
  /** Writes a kubeconfig of a program with all rights, by whose name admission policies know it; gives its path. */
  readonly kubeconfigAs: (user: string) => string;
  readonly authority: Authority;
  readonly authorityFile: string;
  readonly serviceAccountKeyFile: string;
  readonly etcd: RunningProcess;
  readonly apiServer: RunningProcess;
}

/**
 * Starts etcd and kube-apiserver on free ports of 127.0.0.1, and waits until the API is ready.
 *
 * @param services The range of the addresses of Services.
 */
export async function startApiServer(name: string, services = '10.0.0.0/24'): Promise<ControlPlane> {
  const folder = ownFolder(name);
  const [clients = 0, peers = 0, secure = 0] = await freePorts(3);
  const authority = createAuthority();
  const server = authority.server(['localhost', 'kubernetes.default.svc'], ['127.0.0.1']);
  const admin = authority.client('admin', ['system:masters']);
  const serviceAccounts = keyPair();
  const file = (path: string, content: string) => {
    writeFileSync(join(folder, path), content, { mode: 0o600 });
    return join(folder, path);
  };
  const authorityFile = file('ca.crt', authority.certificate);
  const serviceAccountKeyFile = file('sa.key', serviceAccounts.privateKey);
  const etcd = start({
    name: `${name}.etcd`,
    binary: toolPath('etcd', 'etcd'),
    args: [
      ...['--data-dir', join(folder, 'etcd')],
      ...['--listen-client-urls', `http://127.0.0.1:${clients}`],
      ...['--advertise-client-urls', `http://127.0.0.1:${clients}`],
      ...['--listen-peer-urls', `http://127.0.0.1:${peers}`],
      '--unsafe-no-fsync',
    ],
  });
  const apiServer = start({
    name: `${name}.kube-apiserver`,
    binary: toolPath('kube', 'kube-apiserver'),
    args: [
      ...['--etcd-servers', `http://127.0.0.1:${clients}`],
      ...['--secure-port', `${secure}`, '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1'],
      ...['--tls-cert-file', file('api.crt', server.certificate)],
      ...['--tls-private-key-file', file('api.key', server.key), '--client-ca-file', authorityFile],
      ...['--service-account-issuer', 'https://kubernetes.default.svc'],
      ...['--service-account-key-file', file('sa.pub', serviceAccounts.publicKey)],
      ...['--service-account-signing-key-file', serviceAccountKeyFile],
      ...['--authorization-mode', 'RBAC', '--service-cluster-ip-range', services, '--allow-privileged'],
      // The admission plugin would wait for ServiceAccounts that other Kustomizations bring;
      // no endpoint reconciler: it would refuse the loopback address of this server.
      ...['--disable-admission-plugins', 'ServiceAccount', '--endpoint-reconciler-type', 'none'],
    ],
  });
  const access = {
    server: `https://127.0.0.1:${secure}`,
    authority: authority.certificate,
    certificate: admin.certificate,
    key: admin.key,
  };
  const api = new ApiClient(access);
  atTheEnd(() => api.close());
  await eventually(`${name}.kube-apiserver is ready`, async () => {
    return (await api.text('/readyz')) === 'ok' ? true : undefined;
  });
  return {
    name,
    folder,
    access,
    api,
    kubeconfig: file('kubeconfig', kubeconfigOf(access)),
    kubeconfigAs: (user) =>
      file(
        `kubeconfig.${user.replaceAll(':', '-')}`,
        kubeconfigOf({ ...access, ...authority.client(user, ['system:masters']) }),
      ),
    authority,
    authorityFile,
    serviceAccountKeyFile,
    etcd,
    apiServer,
  };
}

/** JSON is YAML. */
function kubeconfigOf(access: Access): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'e2e',
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
    clusters: [
      {
        name: 'e2e',
        cluster: { server: access.server, 'certificate-authority-data': base64(access.authority) },
      },
    ],
    users: [
      {
        name: 'admin',
        user: {
          'client-certificate-data': base64(access.certificate),
          'client-key-data': base64(access.key),
        },
      },
    ],
  });
}
