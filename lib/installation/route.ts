import { list, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { choice, flag, text } from '../schema/scalar.ts';
import { type Read, refined, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { quoted, refuse, understand } from '../values/parsed.ts';
import { cidr, label, labelName, labelValue, objectName } from './texts.ts';

/** How browsers and phones reach Immich. */
export type Route = Read<typeof route>;

/** Where the TLS certificate comes from. */
export type RouteCertificate =
  | { readonly kind: 'issuer'; readonly issuer: 'ClusterIssuer' | 'Issuer'; readonly name: string }
  | { readonly kind: 'secret'; readonly name: string };

const certificate: Schema<RouteCertificate> = variants<RouteCertificate>({
  clusterIssuer: refined(
    mapping({ clusterIssuer: required(objectName, 'Name of a ClusterIssuer of cert-manager.') }),
    ({ clusterIssuer }) => ({ kind: 'issuer', issuer: 'ClusterIssuer', name: clusterIssuer }),
  ),
  issuer: refined(
    mapping({ issuer: required(objectName, "Name of an Issuer of cert-manager, in Immich's namespace.") }),
    ({ issuer }) => ({ kind: 'issuer', issuer: 'Issuer', name: issuer }),
  ),
  secret: refined(
    mapping({
      secret: required(objectName, 'Name of a Secret with tls.crt and tls.key that exists already.'),
    }),
    ({ secret }) => ({ kind: 'secret', name: secret }),
  ),
});

const duration = text((duration) =>
  /^(0|[1-9][0-9]*(s|m|h))$/.test(duration)
    ? understand(duration)
    : refuse(
        `${quoted(duration)} is not a duration. Write seconds, minutes or hours, such as "600s", or "0" for no end.`,
      ),
);

export const route = mapping({
  certificate: optional(
    certificate,
    "The TLS certificate of the host; default Traefik's own default certificate.",
  ),
  authentication: optional(
    mapping({
      middleware: required(
        objectName,
        "Name of a Traefik Middleware in Immich's namespace, such as a forwardAuth.",
      ),
    }),
    'A login before Immich. /api and /.well-known/immich stay open, since the mobile apps need them.',
  ),
  traefik: defaulting(
    mapping({
      namespaces: defaulting(
        list(label),
        ['kube-system', 'traefik'],
        'Namespaces that Traefik may run in: kube-system on k3s, traefik elsewhere.',
      ),
      podLabels: defaulting(
        record(labelName, labelValue),
        { 'app.kubernetes.io/name': 'traefik' },
        "Labels of Traefik's pods.",
      ),
      addresses: defaulting(
        list(cidr),
        [],
        'Addresses of the nodes, where Traefik is on the host network: its connections come from there, and not from its pods.',
      ),
      entryPoints: defaulting(
        mapping({
          web: defaulting(label, 'web', 'Entry point for plain HTTP, which is redirected.'),
          websecure: defaulting(label, 'websecure', 'Entry point for HTTPS.'),
        }),
        {},
        "Names of Traefik's entry points.",
      ),
      k3s: defaulting(
        flag,
        false,
        "Whether to set the read timeout of k3s's own Traefik by a HelmChartConfig. A cluster has one for Traefik: where there is one already, leave this false and merge into its valuesContent what synth prints, or it is written over. The object stays where Immich goes.",
      ),
      readTimeout: defaulting(
        duration,
        '12h',
        "How long one upload may take, hours for a long video over a slow line. Traefik's own default of 60s cuts big videos off.",
      ),
    }),
    {},
    'What must be known about Traefik.',
  ),
  middlewares: defaulting(
    list(objectName),
    [],
    "Names of further Traefik Middlewares in Immich's namespace, before every request and before the login.",
  ),
  openPaths: defaulting(
    list(choice('shareLinks')),
    [],
    'What stays open past the login: shareLinks, the links by which people without an account see an album.',
  ),
});
