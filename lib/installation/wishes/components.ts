import type { Wish } from '../../schema/wish.ts';
import { graphics, host, photosInS3, podParts, route, scheduling, tunnel } from './common.ts';

/** Variables and volumes by other names. */
const environmentWishes: readonly Wish[] = [
  {
    keys: 'envfrom extraenvfrom secretenv envsecrets',
    says: 'Variables out of Secrets are told one by one.',
    write: 'environmentFrom: { HTTPS_PROXY: { secret: proxy, key: url } }',
  },
  {
    keys: 'extravolumes volumemounts extravolumemounts mounts',
    write: 'volumes: { scratch: { empty: { size: 1Gi }, path: /mnt/scratch } }',
  },
];

/** In the server, in machine learning, and in part in Valkey. */
export const containerWishes: readonly Wish[] = [
  { keys: 'env envs extraenv variables', write: 'environment: { NO_COLOR: "true" }' },
  { keys: 'requests memory cpu', write: 'resources: { requests: { memory: 1Gi } }' },
  { keys: 'limits', write: 'resources: { limits: { memory: 8Gi } }' },
  { keys: 'tag version imagetag', at: 'top', write: 'version: v3.3.1' },
  { keys: 'uid runasuser puid', write: 'user: 1000' },
  { keys: 'gid runasgroup pgid fsgroup', write: 'group: 1000' },
  {
    keys: 'persistence storage models cache',
    says: 'Volumes stand at the top level, below volumes.',
  },
  { ...route, keys: 'ingress route gateway tls', at: 'top' },
  { ...host, at: 'top' },
  ...scheduling,
  ...environmentWishes,
  graphics,
  podParts,
  {
    ...photosInS3,
    at: 'top',
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
];

/** In Immich's own configuration. */
export const configWishes: readonly Wish[] = [
  {
    ...photosInS3,
    keys: `storage medialocation ${photosInS3.keys}`,
    at: 'top',
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
];

/** In Valkey. */
export const valkeyWishes: readonly Wish[] = [
  {
    keys: 'storage volume storageclass size pvc',
    write: 'persistence: { storageClass: longhorn, size: 1Gi }',
  },
  { keys: 'auth secret existingsecret', write: 'password: { secret: immich-valkey, key: password }' },
  { keys: 'requests memory cpu', write: 'resources: { requests: { memory: 128Mi } }' },
  {
    keys: 'host hostname server redis dragonfly enabled',
    write: 'external: { host: dragonfly.database.svc }',
  },
  {
    keys: 'url tls sentinel sentinels cluster redisurl',
    says: 'TLS and Sentinel are told by an address in a Secret: external: { url: { secret, key } }.',
  },
  ...scheduling,
  ...environmentWishes,
  podParts,
];

/** Below route. */
export const routeWishes: readonly Wish[] = [
  { ...host, keys: `host ${host.keys}`, at: 'top' },
  {
    keys: 'tls cert clusterissuer issuer certmanager certificates',
    write: 'certificate: { clusterIssuer: letsencrypt-prod }',
  },
  { keys: 'auth forwardauth sso login', write: 'authentication: { middleware: forward-auth }' },
  { keys: 'timeout readtimeout k3s', write: 'traefik: { readTimeout: 600s }' },
  { keys: 'entrypoints entrypoint', write: 'traefik: { entryPoints: { websecure: websecure } }' },
  {
    keys: 'ingressclass ingressclassname classname annotations nginx',
    write: 'ingress: { class: nginx }',
  },
  {
    keys: 'httproute gatewayapi parentrefs parents envoy cilium istio',
    says: 'A route of the Gateway API is gateway: { class, parents: [{ name, namespace, section }] }.',
  },
  { ...tunnel, at: 'top' },
  {
    keys: 'kind path enabled',
    says: 'The whole host leads to Immich, by one of traefik, gateway, ingress, tailscale and none. Remove it.',
  },
];

/** Below monitoring. */
export const monitoringWishes: readonly Wish[] = [
  {
    keys: 'servicemonitor podmonitor prometheus metrics alerts prometheusrule',
    says: 'Monitors and alerts are made together.',
    write: 'enabled: true',
  },
  { keys: 'grafana dashboard', write: 'dashboards: { configMap: {} }' },
];

/** Below network. */
export const networkWishes: readonly Wish[] = [
  { keys: 'enabled networkpolicy networkpolicies', write: 'policies: true' },
  {
    keys: 'cilium calico',
    says: 'Policies are those of Kubernetes, which every network plugin reads. Remove it.',
  },
];

/** Below flux. */
export const fluxWishes: readonly Wish[] = [
  {
    keys: 'postbuild substitutefrom variables vars',
    write: 'substitute: { from: [{ kind: Secret, name: cluster-secrets }], variables: [SECRET_DOMAIN] }',
  },
  { keys: 'sourceref repository gitrepository', write: 'source: { kind: GitRepository, name: flux-system }' },
];
