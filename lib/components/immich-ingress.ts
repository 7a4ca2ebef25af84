import { Construct } from 'constructs';
import type { RouteSection } from '../../imports/sections.ts';
import { type DoorOf, programOf } from '../installation/door.ts';
import { Properties } from '../installation/properties.ts';
import type { Route } from '../installation/route.ts';
import { KubeIngress } from '../kubernetes/api.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import { type DescribedRoute, describedRoute } from './described-route.ts';
import { certificateSecretOf, routeCertificate } from './route-certificate.ts';

/** What an Ingress is made of. */
export interface ImmichIngressProps {
  /** Namespace of the Ingress and of the Service. */
  readonly namespace: string;
  /** DNS name under which Immich is reached. */
  readonly host: string;
  /**
   * Further DNS names.
   * @default []
   */
  readonly hosts?: readonly string[];
  /** The Service behind it, and its port by name or number: the handles `name` and `port` of `ImmichServer`. */
  readonly service: { readonly name: string; readonly port: string | number };
  /**
   * Name of the Ingress and the certificate.
   * @default immich
   */
  readonly name?: string;
  /** The section `route` of an installation file, with an `ingress` or a `tailscale`. */
  readonly route: RouteSection | Checked<Route>;
}

/**
 * The way in by an Ingress: for a controller of others, or for Tailscale's operator.
 *
 * @example
 * const nginx = { ingress: { class: 'nginx' }, certificate: { clusterIssuer: 'letsencrypt' } };
 * const served = { name: server.name, port: server.port };
 * new ImmichIngress(chart, 'ingress', { namespace: 'photos', host: 'photos.example.org', service: served, route: nginx });
 */
export class ImmichIngress extends Construct {
  /** What a browser and a phone are given. */
  readonly url: string;
  /** The Secret with the certificate; undefined with that of the controller. */
  readonly certificateSecretName: string | undefined;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: ImmichIngressProps) {
    super(scope, id);
    const properties = new Properties(`ImmichIngress ${quote(id)}`);
    const described = describedRoute(properties, props, 'ingress', 'tailscale');
    const { name, namespace, route } = described;
    this.warnings = properties.warnings;
    this.url = `https://${props.host}`;
    this.certificateSecretName = certificateSecretOf(name, route.certificate);
    routeCertificate(this, { ...described, certificate: route.certificate });
    const { annotations, spec } = ingressOf(described);
    new KubeIngress(this, 'route', {
      metadata: {
        name,
        namespace,
        labels: ownLabels,
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      },
      spec,
    });
  }
}

function ingressOf({ name, hosts, door, route, service }: DescribedRoute<DoorOf<'ingress' | 'tailscale'>>) {
  const { port } = service;
  const backend = {
    service: { name: service.name, port: typeof port === 'number' ? { number: port } : { name: port } },
  };
  if (door.kind === 'tailscale') {
    // The operator reads the name of the machine there: https://tailscale.com/kb/1439/kubernetes-operator-cluster-ingress
    const spec = {
      ingressClassName: 'tailscale',
      defaultBackend: backend,
      tls: [{ hosts: [door.hostname] }],
    };
    return { annotations: {}, spec };
  }
  const secretName = certificateSecretOf(name, route.certificate);
  return {
    annotations: { ...(programOf(door) === 'ingress-nginx' ? annotationsOfNginx : {}), ...door.annotations },
    spec: {
      ingressClassName: door.class,
      rules: hosts.map((host) => ({ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } })),
      tls: [{ hosts: [...hosts], ...(secretName === undefined ? {} : { secretName }) }],
    },
  };
}

/**
 * ingress-nginx refuses uploads of more than a megabyte, stores them before it sends them on, and gives up after a
 * minute of silence. https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
const annotationsOfNginx = {
  'nginx.ingress.kubernetes.io/proxy-body-size': '0',
  'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-read-timeout': '600',
  'nginx.ingress.kubernetes.io/proxy-send-timeout': '600',
};
