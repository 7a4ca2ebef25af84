import type { Wish } from '../../schema/wish.ts';

/** Wishes of several sections. */

export const host: Wish = {
  keys: 'domain domainname hostname url fqdn externaldomain externalurl',
  write: 'host: photos.example.com',
};

export const route: Wish = {
  keys: 'ingress ingressroute gateway httproute traefik tailscale',
  says: 'How Immich is reached stands below route: traefik, gateway, ingress, tailscale or none.',
  write: 'route: { certificate: { clusterIssuer: letsencrypt-prod } }',
};

export const tunnel: Wish = {
  keys: 'cloudflare cloudflared tunnel loadbalancer nodeport',
  says: 'A way in of your own leads to the Service immich-server. Cloudflare refuses uploads over 100 MB, by a tunnel too.',
  write:
    'route: { none: {} }, network: { clients: [{ from: { namespace: cloudflared }, why: "the tunnel" }] }',
};

export const tls: Wish = {
  keys: 'tls certificate certmanager clusterissuer issuer https',
  write: 'route: { certificate: { clusterIssuer: letsencrypt-prod } }',
};

/** Parts of a pod that go by other names. */
export const scheduling: readonly Wish[] = [
  { keys: 'node nodename nodelabels', write: 'nodeSelector: { kubernetes.io/hostname: node-1 }' },
  {
    keys: 'topologyspreadconstraints spread',
    write: 'topologySpread: [{ topologyKey: topology.kubernetes.io/zone }]',
  },
  { keys: 'priorityclassname priority', write: 'priorityClass: important' },
  { keys: 'runtimeclassname runtime', write: 'runtimeClass: nvidia' },
  { keys: 'podlabels', write: 'labels: { example.com/team: photos }' },
  { keys: 'podannotations', write: 'annotations: { reloader.stakater.com/auto: "true" }' },
  { keys: 'imagepullsecret pullsecrets', write: 'imagePullSecrets: [registry]' },
];

export const graphics: Wish = {
  keys: 'gpus cuda nvidia openvino rocm hardwareacceleration hwaccel',
  write: 'gpu: nvidia',
};

export const podParts: Wish = {
  keys: 'securitycontext podsecuritycontext sidecars initcontainers serviceaccount values helm patch args command',
  says: 'No key changes the pods in this way. What nothing else says, patches do, at the top of the file: [{ target: { kind: Deployment, name: immich-server }, patch: [{ op: add, path: /spec/template/spec/hostname, value: photos }] }].',
};

const photosInFiles = 'Immich keeps photos in files only; a bucket can hold their backups.';

/** A text that names a bucket, and no folder. */
export const bucketAddress = /^(?:s3|s3a|gs|gcs|az|azure|abfss?|b2|r2|minio|swift|https?):\/\//i;

/** What people write into the value of a key whose name does not say it. */
const bucketWords =
  /^(?:s3|s3a|gs|gcs|b2|r2|minio|garage|azure|aws|backblaze|wasabi)(?:$|:\/\/)|bucket|object-?_?stor/i;

/** Keys of a place for photos, where what stands in them is a bucket. */
export const photosInBucket: Wish = {
  keys: 'storage storages persistence medialocation uploadlocation media library data upload uploads photos originals',
  about: bucketWords,
  says: photosInFiles,
};

export const photosInS3: Wish = {
  keys: 's3 bucket objectstorage objectstore storagebackend s3storage s3bucket awss3 blob minio garage r2 b2 backblaze wasabi gcs azure',
  says: photosInFiles,
};
