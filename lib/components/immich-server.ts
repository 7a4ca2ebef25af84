import { Construct } from 'constructs';
import type { ServerSection } from '../../imports/sections.ts';
import { supportOf } from '../immich/versions.ts';
import type { Resources } from '../installation/resources.ts';
import { type Server, server } from '../installation/server.ts';
import { image, immichVersion, label, objectName, timeZone } from '../installation/texts.ts';
import { type Selector, selectorOf } from '../kubernetes/labels.ts';
import type { Mount } from '../kubernetes/mount.ts';
import { service } from '../kubernetes/service.ts';
import { type EnvironmentVariable, variables } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { metricsPorts, microservicesName, serverName, serverPort } from '../names.ts';
import { type Checked, readProperty } from '../schema/checked.ts';
import type { Image } from '../values/image.ts';
import type { Version } from '../values/version.ts';

/** Migrations and a new vector index run before the server listens, and start anew when it is killed. */
const startupSeconds = 30 * 60;

/** What an Immich server is made of. */
export interface ImmichServerProps {
  /** Namespace of everything that the construct makes. */
  readonly namespace: string;
  /** Version of Immich, such as `v3.3.1`. It decides the image and the path of the probes. */
  readonly version: string | Checked<Version>;
  /**
   * The claims that hold the photos and, where it has a volume of its own, what Immich can make again: thumbnails and
   * encoded video.
   */
  readonly claims: { readonly library: string; readonly generated?: string | undefined };
  /**
   * How the server finds its database, Valkey and machine learning: the handles `environment` of `PostgresDatabase`,
   * `Valkey` and `ImmichMachineLearning`, one after the other.
   */
  readonly connections: readonly EnvironmentVariable[];
  /**
   * Name of the Deployment, the Service and the ServiceAccount.
   * @default immich-server
   */
  readonly name?: string;
  /**
   * The section `server` of an installation file.
   * @default {}
   */
  readonly server?: ServerSection | Checked<Server>;
  /**
   * Image of the server, best with its digest; it wins over that of the section.
   * @default ghcr.io/immich-app/immich-server of the version
   */
  readonly image?: string | Checked<Image>;
  /**
   * Time zone for photos that do not name theirs.
   * @default Etc/UTC
   */
  readonly timezone?: string | Checked<string>;
  /**
   * Files that the server reads, such as its configuration and a certificate.
   * @default []
   */
  readonly files?: readonly Mount[];
  /**
   * Where Immich's configuration file stands in the container.
   * @default none: settings are made in the web interface
   */
  readonly configurationPath?: string | undefined;
  /**
   * Whether several nodes can mount all claims at once. Without it the old pod goes before the new one comes.
   * @default false
   */
  readonly isShared?: boolean;
  /**
   * Whether the server tells Prometheus its metrics, on the ports 8081 and 8082.
   * @default false
   */
  readonly hasMetrics?: boolean;
  /**
   * Annotations of the pods, such as checksums of what is read once, so that a change of it makes new pods.
   * @default {}
   */
  readonly podAnnotations?: { readonly [annotation: string]: string };
}

/** The Immich server with its Service, as one Deployment or with the background jobs in a second one. */
export class ImmichServer extends Construct {
  /** Name of the Service and the Deployment. */
  readonly name: string;
  /** DNS name of the Service inside the cluster. */
  readonly host: string;
  /** Port of the Service. */
  readonly port: number = serverPort.number;
  /** Labels that select the pods of the API. */
  readonly selector: Selector;
  /** Name of the Deployment of the background jobs; undefined where the server runs them itself. */
  readonly microservicesName: string | undefined;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ImmichServerProps) {
    super(scope, id);
    const owner = `ImmichServer "${id}"`;
    const settings = readProperty(server, props.server ?? {}, owner, 'server');
    const version = readProperty(immichVersion, props.version, owner, 'version');
    this.name = readProperty(label, props.name ?? serverName, owner, 'name');
    this.host = `${this.name}.${props.namespace}.svc`;
    this.selector = selectorOf(this.name);
    const { separate, resources } = settings.microservices;
    this.microservicesName = separate ? microservicesNameOf(this.name) : undefined;
    const deployed: Deployed = {
      ...props,
      namespace: readProperty(label, props.namespace, owner, 'namespace'),
      server: settings,
      timezone: readProperty(timeZone, props.timezone ?? 'Etc/UTC', owner, 'timezone'),
      claims: {
        library: readProperty(objectName, props.claims.library, owner, 'claims', 'library'),
        generated:
          props.claims.generated &&
          readProperty(objectName, props.claims.generated, owner, 'claims', 'generated'),
      },
      image:
        props.image === undefined
          ? (settings.image ?? readProperty(image, `ghcr.io/immich-app/immich-server:${version.text}`, owner))
          : readProperty(image, props.image, owner, 'image'),
      healthPath: supportOf(version).healthPath,
    };
    deployment(this, deployed, {
      name: this.name,
      workers: separate ? 'api' : 'all',
      replicas: settings.replicas,
      resources: settings.resources,
    });
    if (this.microservicesName !== undefined) {
      deployment(this, deployed, {
        name: this.microservicesName,
        workers: 'microservices',
        replicas: 1,
        resources,
      });
    }
    service(this, {
      name: this.name,
      namespace: deployed.namespace,
      ports: [serverPort],
    });
  }
}

/** The background jobs beside a server: those of `immich-server` have had a name of their own from the beginning. */
function microservicesNameOf(name: string): string {
  return name === serverName ? microservicesName : `${name}-microservices`;
}

/** What the props of a server come to, once they are read. */
type Deployed = Omit<ImmichServerProps, 'server' | 'image' | 'version' | 'timezone'> & {
  readonly timezone: string;
  readonly server: Server;
  readonly image: Image;
  readonly healthPath: string;
};

interface Part {
  readonly name: string;
  readonly workers: 'all' | 'api' | 'microservices';
  readonly replicas: number;
  readonly resources: Resources;
}

function deployment(scope: Construct, props: Deployed, { name, workers, replicas, resources }: Part): void {
  const { server, namespace, image, healthPath, claims, hasMetrics = false } = props;
  const listens = workers !== 'microservices';
  workload(scope, {
    name,
    namespace,
    component: workers === 'microservices' ? 'microservices' : 'server',
    image,
    replicas,
    // Two pods with background jobs would race, so that only pods without them may overlap.
    rollout: props.isShared === true ? (workers === 'api' ? 'beside' : 'oneByOne') : 'recreate',
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
    mounts: [...dataMounts(claims), ...(props.files ?? [])],
    preparations: claims.generated === undefined ? [] : [folders(claims.generated)],
    temporarySize: '4Gi',
    graceSeconds: 60,
    podAnnotations: props.podAnnotations ?? {},
    annotations: {},
  });
}

function metricsOf(workers: Part['workers']) {
  const [api, jobs] = metricsPorts;
  return workers === 'all' ? [api, jobs] : workers === 'api' ? [api] : [jobs];
}

const derived = ['thumbs', 'encoded-video'] as const;

/** The library is the media location; what Immich can make again may live on a volume of its own. */
function dataMounts({ library, generated }: ImmichServerProps['claims']): Mount[] {
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
