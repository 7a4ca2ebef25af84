import type { Construct } from 'constructs';
import { release } from '../immich/release.ts';
import { supportOf } from '../immich/versions.ts';
import type { Gpu } from '../installation/gpu.ts';
import { type MediaLocation, standardMediaLocation } from '../installation/media-location.ts';
import { placementOf } from '../installation/placement.ts';
import type { Resources } from '../installation/resources.ts';
import type { Server } from '../installation/server.ts';
import { extraMounts, type Mount } from '../kubernetes/mount.ts';
import { reloadedBy } from '../kubernetes/reloader.ts';
import { type EnvironmentVariable, variables, variablesFrom } from '../kubernetes/variable.ts';
import { type Preparation, workload } from '../kubernetes/workload.ts';
import { metricsPorts, serverPort } from '../names.ts';
import type { Image } from '../values/image.ts';
import { compareVersions, type Version } from '../values/version.ts';

/** Migrations and a new vector index run before the server listens, and start anew when it is killed. */
const startupSeconds = 30 * 60;

/** What the props of a server come to, once they are read. */
export interface Deployed {
  readonly namespace: string;
  readonly server: Server;
  readonly image: Image;
  readonly version: Version;
  readonly timezone: string;
  readonly claims: Claims;
  readonly mediaLocation: MediaLocation;
  readonly connections: readonly EnvironmentVariable[];
  readonly files: readonly Mount[];
  readonly configurationPath: string | undefined;
  readonly preparations: readonly Preparation[];
  readonly isShared: boolean;
  readonly hasMetrics: boolean;
  readonly isStopped: boolean;
  readonly podAnnotations: { readonly [annotation: string]: string };
}

/** The claims that a server mounts. */
interface Claims {
  readonly library: string;
  readonly generated?: string | undefined;
}

/** One Deployment of a server. */
export interface Part {
  readonly name: string;
  readonly workers: 'all' | 'api' | 'microservices';
  readonly replicas: number;
  readonly resources: Resources;
  /** The graphics card by which it transcodes. */
  readonly gpu: Gpu | undefined;
}

/** The Deployment of a server, or of its background jobs. */
export function deployment(
  scope: Construct,
  props: Deployed,
  { name, workers, replicas, resources, gpu }: Part,
): void {
  const { server, namespace, image, version, claims, mediaLocation, hasMetrics } = props;
  const listens = workers !== 'microservices';
  const chosen = variablesFrom({
    ...server.environmentFrom,
    ...(workers === 'microservices' ? server.microservices.environmentFrom : {}),
  });
  workload(scope, {
    name,
    namespace,
    component: workers === 'microservices' ? 'microservices' : 'server',
    image,
    replicas,
    isStopped: props.isStopped,
    // Two pods with background jobs would race, and an API of the old version must not serve the database that the new
    // one has migrated: with several, all of them stop before the first new one starts.
    rollout: props.isShared && workers !== 'api' && gpu === undefined ? 'oneByOne' : 'recreate',
    user: server.user,
    group: server.group,
    readOnlyRootFilesystem: server.readOnlyRootFilesystem,
    environment: [
      ...variables({
        TZ: props.timezone,
        NO_COLOR: 'true',
        // ExifTool and ImageMagick keep their state at home, which is otherwise the read-only root.
        HOME: '/tmp',
        ...(mediaLocation === standardMediaLocation ? {} : { IMMICH_MEDIA_LOCATION: mediaLocation }),
        ...(workers === 'all' ? {} : { IMMICH_WORKERS_INCLUDE: workers }),
        ...(props.configurationPath === undefined ? {} : { IMMICH_CONFIG_FILE: props.configurationPath }),
        ...setupVariable(server, version, workers),
        ...(hasMetrics ? { IMMICH_TELEMETRY_INCLUDE: 'all' } : {}),
        // NVIDIA's runtime gives a container no encoder unless it is asked: https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
        ...(gpu?.vendor === 'nvidia' ? { NVIDIA_DRIVER_CAPABILITIES: 'compute,video,utility' } : {}),
        ...(server.trustedProxies.length > 0
          ? { IMMICH_TRUSTED_PROXIES: server.trustedProxies.map((proxy) => proxy.text).join(',') }
          : {}),
        ...server.environment,
        ...(workers === 'microservices' ? server.microservices.environment : {}),
      }),
      ...chosen,
      ...props.connections,
    ],
    arguments: [],
    ports: [...(listens ? [serverPort] : []), ...(hasMetrics ? metricsOf(workers) : [])],
    health: listens ? { path: healthPathOf(version), port: serverPort.name, startupSeconds } : undefined,
    resources,
    gpu,
    mounts: [...dataMounts(claims, mediaLocation), ...props.files, ...extraMounts(server.volumes)],
    preparations: [
      ...(claims.generated === undefined ? [] : [folders(claims.generated)]),
      ...props.preparations,
    ],
    placement: workers === 'microservices' ? placementOf(server.microservices, server) : server,
    temporarySize: '4Gi',
    graceSeconds: 60,
    podAnnotations: props.podAnnotations,
    // Its files too: CloudNativePG makes the authority of the database anew before 90 days are over.
    annotations: reloadedBy({
      files: props.files,
      variables: [...chosen, ...props.preparations.flatMap(({ environment = [] }) => environment)],
    }),
  });
}

/**
 * Where Immich is asked whether it lives; undefined where a connection must do: those versions answer nothing in
 * maintenance mode, and would be killed in the middle of a restore.
 */
function healthPathOf(version: Version): string | undefined {
  const { healthPath, answersInMaintenance } = supportOf(version);
  return answersInMaintenance ? healthPath : undefined;
}

/** Immich allows it unless it is told otherwise: then whoever comes first to an empty database is its administrator. */
function setupVariable({ allowSetup }: Server, version: Version, workers: Part['workers']) {
  const isKnown = compareVersions(version, release(2, 5, 0)) >= 0;
  return isKnown && !allowSetup && workers !== 'microservices' ? { IMMICH_ALLOW_SETUP: 'false' } : {};
}

function metricsOf(workers: Part['workers']) {
  const [api, jobs] = metricsPorts;
  return workers === 'all' ? [api, jobs] : workers === 'api' ? [api] : [jobs];
}

const derived = ['thumbs', 'encoded-video'] as const;

/** The library is the media location; what Immich can make again may live on a volume of its own. */
function dataMounts({ library, generated }: Claims, place: MediaLocation): Mount[] {
  const root: Mount = { kind: 'claim', volume: 'library', claim: library, path: place };
  return generated === undefined
    ? [root]
    : [
        root,
        ...derived.map(
          (folder): Mount => ({
            kind: 'claim',
            volume: 'generated',
            claim: generated,
            path: `${place}/${folder}`,
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
