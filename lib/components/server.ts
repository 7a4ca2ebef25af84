import type { Construct } from 'constructs';
import type { Resources } from '../installation/resources.ts';
import type { Server } from '../installation/server.ts';
import type { Mount } from '../kubernetes/mount.ts';
import { service } from '../kubernetes/service.ts';
import { type EnvironmentVariable, variables } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { metricsPorts, microservicesName, serverName, serverPort } from '../names.ts';
import type { Image } from '../values/image.ts';

/** Migrations and a new vector index run before the server listens, and start anew when it is killed. */
const startupSeconds = 30 * 60;

export interface ServerProps {
  readonly namespace: string;
  readonly server: Server;
  readonly image: Image;
  readonly healthPath: string;
  readonly timezone: string;
  /** How to reach the database, Valkey and machine learning. */
  readonly connections: readonly EnvironmentVariable[];
  /** Claims of the library, and of what is generated where it has its own. */
  readonly claims: { readonly library: string; readonly generated: string | undefined };
  /** Files that the server reads, such as its configuration and a certificate. */
  readonly files: readonly Mount[];
  /** Where the configuration file stands in the container; undefined without one. */
  readonly configurationPath: string | undefined;
  /** Whether several nodes can mount all volumes. */
  readonly isShared: boolean;
  readonly hasMetrics: boolean;
  /** Checksums of what is read once, so that a change of it makes new pods. */
  readonly podAnnotations: { readonly [annotation: string]: string };
}

/** The Immich server with its Service, as one Deployment or with the background jobs in a second one. */
export function server(scope: Construct, props: ServerProps): void {
  const { server, namespace } = props;
  const { separate, resources } = server.microservices;
  deployment(scope, props, {
    name: serverName,
    workers: separate ? 'api' : 'all',
    replicas: server.replicas,
    resources: server.resources,
  });
  if (separate)
    deployment(scope, props, { name: microservicesName, workers: 'microservices', replicas: 1, resources });
  service(scope, { name: serverName, namespace, component: 'server', ports: [serverPort] });
}

interface Part {
  readonly name: string;
  readonly workers: 'all' | 'api' | 'microservices';
  readonly replicas: number;
  readonly resources: Resources;
}

function deployment(
  scope: Construct,
  props: ServerProps,
  { name, workers, replicas, resources }: Part,
): void {
  const { server, namespace, image, healthPath, claims, hasMetrics } = props;
  const listens = workers !== 'microservices';
  workload(scope, {
    name,
    namespace,
    component: workers === 'microservices' ? 'microservices' : 'server',
    image,
    replicas,
    // Two pods with background jobs would race, so that only pods without them may overlap.
    rollout: props.isShared ? (workers === 'api' ? 'beside' : 'oneByOne') : 'recreate',
    user: server.user,
    group: server.group,
    readOnlyRootFilesystem: server.readOnlyRootFilesystem,
    environment: [
      ...variables({
        TZ: props.timezone,
        NO_COLOR: 'true',
        // ExifTool and ImageMagick keep their state at home, which is otherwise the read-only root.
        HOME: '/tmp',
        ...(workers === 'all' ? {} : { IMMICH_WORKERS_INCLUDE: workers }),
        ...(props.configurationPath === undefined ? {} : { IMMICH_CONFIG_FILE: props.configurationPath }),
        ...(hasMetrics ? { IMMICH_TELEMETRY_INCLUDE: 'all' } : {}),
        ...(server.trustedProxies.length > 0
          ? { IMMICH_TRUSTED_PROXIES: server.trustedProxies.map((proxy) => proxy.text).join(',') }
          : {}),
        ...server.environment,
      }),
      ...props.connections,
    ],
    arguments: [],
    ports: [...(listens ? [serverPort] : []), ...(hasMetrics ? metricsOf(workers) : [])],
    health: listens ? { path: healthPath, port: serverPort.name, startupSeconds } : undefined,
    resources,
    mounts: [...dataMounts(claims), ...props.files],
    preparations: claims.generated === undefined ? [] : [folders(claims.generated)],
    temporarySize: '4Gi',
    graceSeconds: 60,
    podAnnotations: props.podAnnotations,
    annotations: {},
  });
}

function metricsOf(workers: Part['workers']) {
  const [api, jobs] = metricsPorts;
  return workers === 'all' ? [api, jobs] : workers === 'api' ? [api] : [jobs];
}

const derived = ['thumbs', 'encoded-video'] as const;

/** The library is the media location; what Immich can make again may live on a volume of its own. */
function dataMounts({ library, generated }: ServerProps['claims']): Mount[] {
  const root: Mount = { kind: 'claim', volume: 'library', claim: library, path: '/data' };
  return generated === undefined
    ? [root]
    : [
        root,
        ...derived.map(
          (folder): Mount => ({
            kind: 'claim',
            volume: 'generated',
            claim: generated,
            path: `/data/${folder}`,
            folder,
          }),
        ),
      ];
}

/**
 * Makes the folders of the volume of generated files before they are mounted. The kubelet would make them as root,
 * which an NFS server maps to nobody: https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath
 */
function folders(claim: string) {
  return {
    name: 'generated-folders',
    command: ['mkdir', '-p', ...derived.map((folder) => `/generated/${folder}`)],
    mounts: [{ kind: 'claim', volume: 'generated', claim, path: '/generated' } as const],
  };
}
