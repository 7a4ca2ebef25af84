import { Construct } from 'constructs';
import type { ServerSection } from '../../imports/sections.ts';
import { checkWorkerGpu } from '../installation/checks/devices.ts';
import { type Cause, checkVariables, secretProblem } from '../installation/checks/environment.ts';
import { checkServerReplicas } from '../installation/checks/replicas.ts';
import { checkVersion } from '../installation/checks/version.ts';
import { checkDigests, checkTag } from '../installation/images.ts';
import { type MediaLocation, mediaLocation, standardMediaLocation } from '../installation/media-location.ts';
import { Properties } from '../installation/properties.ts';
import { type Server, server } from '../installation/server.ts';
import { image, immichVersion, label, objectName, timeZone } from '../installation/texts.ts';
import { type Selector, selectorOf } from '../kubernetes/labels.ts';
import type { Mount } from '../kubernetes/mount.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { service } from '../kubernetes/service.ts';
import type { EnvironmentVariable } from '../kubernetes/variable.ts';
import type { Preparation } from '../kubernetes/workload.ts';
import { microservicesName, serverName, serverPort } from '../names.ts';
import type { Checked } from '../schema/checked.ts';
import type { Place } from '../schema/place.ts';
import { quote } from '../text/quoting.ts';
import type { Image } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import { type Deployed, deployment } from './server-deployment.ts';

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
   * Where the library is mounted: `/data`, or `/usr/src/app/upload` where the database has its paths there.
   * @default /data
   */
  readonly mediaLocation?: '/data' | '/usr/src/app/upload' | Checked<MediaLocation>;
  /**
   * Name of the Deployment, the Service and the ServiceAccount.
   * @default immich-server
   */
  readonly name?: string;
  /**
   * The section `server` of an installation file. Its `internet` speaks of network policies, and changes nothing here.
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
   * Commands that are run before the server, in its own image, such as what puts secrets into its configuration.
   * @default []
   */
  readonly preparations?: readonly Preparation[];
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
   * Whether no pod runs for now, as during a restore.
   * @default false
   */
  readonly isStopped?: boolean;
  /**
   * Annotations of the pods, such as checksums of what is read once, so that a change of it makes new pods.
   * @default {}
   */
  readonly podAnnotations?: { readonly [annotation: string]: string };
}

/**
 * The Immich server with its Service, as one Deployment or with the background jobs in a second one.
 *
 * @example
 * const claims = { library: 'photos' };
 * const connections = [...database.environment, ...valkey.environment, ...learning.environment];
 * const server = new ImmichServer(chart, 'server', { namespace: 'photos', version: 'v3.3.1', claims, connections });
 */
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
  /** The pods of the API, for `NetworkPolicies` and for policies of others. */
  readonly pods: OwnPods;
  /** The pods of the background jobs; undefined where the server runs them itself. */
  readonly microservicesPods: OwnPods | undefined;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ImmichServerProps) {
    super(scope, id);
    const properties = new Properties(`ImmichServer ${quote(id)}`);
    const settings = properties.read(server, props.server ?? {}, 'server');
    const version = properties.read(immichVersion, props.version, 'version');
    this.name = properties.read(label, props.name ?? serverName, 'name');
    const namespace = properties.read(label, props.namespace, 'namespace');
    this.host = `${this.name}.${namespace}.svc`;
    this.selector = selectorOf(this.name);
    this.pods = podsOf(this.name);
    const { separate, resources } = settings.microservices;
    this.microservicesName = separate ? microservicesNameOf(this.name) : undefined;
    this.microservicesPods =
      this.microservicesName === undefined ? undefined : podsOf(this.microservicesName);
    const deployed: Deployed = {
      namespace,
      server: settings,
      timezone: properties.read(timeZone, props.timezone ?? 'Etc/UTC', 'timezone'),
      claims: {
        library: properties.read(objectName, props.claims.library, 'claims', 'library'),
        generated:
          props.claims.generated &&
          properties.read(objectName, props.claims.generated, 'claims', 'generated'),
      },
      mediaLocation: properties.read(
        mediaLocation,
        props.mediaLocation ?? standardMediaLocation,
        'mediaLocation',
      ),
      image:
        props.image === undefined
          ? (settings.image ?? properties.read(image, `ghcr.io/immich-app/immich-server:${version.text}`))
          : properties.read(image, props.image, 'image'),
      version,
      connections: props.connections,
      files: props.files ?? [],
      configurationPath: props.configurationPath,
      preparations: props.preparations ?? [],
      isShared: props.isShared ?? false,
      hasMetrics: props.hasMetrics ?? false,
      isStopped: props.isStopped ?? false,
      podAnnotations: props.podAnnotations ?? {},
    };
    properties.check(props.server, (at) => check(deployed, version, at));
    this.warnings = properties.warnings;
    deployment(this, deployed, {
      name: this.name,
      workers: separate ? 'api' : 'all',
      replicas: settings.replicas,
      resources: settings.resources,
      gpu: settings.gpu,
    });
    if (this.microservicesName !== undefined) {
      deployment(this, deployed, {
        name: this.microservicesName,
        workers: 'microservices',
        replicas: 1,
        resources,
        gpu: settings.microservices.gpu,
      });
    }
    service(this, {
      name: this.name,
      namespace: deployed.namespace,
      ports: [serverPort],
      settings: settings.service,
    });
  }
}

/** What the installation file is checked for, as far as it concerns the server alone. */
function check({ server, image, connections, files, isShared }: Deployed, version: Version, at: Place): void {
  checkVersion({ version }, at);
  checkTag(image, version, at.in('image'));
  checkDigests({ image }, at.in('image'));
  const unshared = isShared ? [] : ['all claims on every node, but "isShared" is not true.'];
  checkServerReplicas(server, unshared, at.in('server'));
  checkWorkerGpu(server, at.in('server'));
  const found: Cause = { names: connections.map(({ name }) => name), cause: 'by "connections"' };
  const environment = { ...server, version, connections: [found], files: files.map(({ path }) => path) };
  checkVariables('server', environment, at.in('server'));
  const ofJobs = { ...environment, ...server.microservices };
  checkVariables('server', ofJobs, at.in('server', 'microservices'));
  for (const variable of connections) {
    const problem = 'value' in variable ? secretProblem(variable.name, variable.value) : undefined;
    if (problem !== undefined) at.in('connections').error(problem);
  }
}

/** The background jobs beside a server: those of `immich-server` have had a name of their own from the beginning. */
function microservicesNameOf(name: string): string {
  return name === serverName ? microservicesName : `${name}-microservices`;
}
