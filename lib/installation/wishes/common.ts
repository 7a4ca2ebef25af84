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

export const scheduling: Wish = {
  keys: 'nodeselector affinity tolerations topologyspreadconstraints priorityclassname node',
  says: 'Which nodes the pods run on cannot be chosen yet. Remove it.',
};

export const graphics: Wish = {
  keys: 'gpus cuda nvidia openvino rocm hardwareacceleration hwaccel runtimeclassname',
  write: 'gpu: nvidia',
};

export const podParts: Wish = {
  keys: 'annotations podannotations labels podlabels securitycontext podsecuritycontext extravolumes volumemounts extravolumemounts sidecars initcontainers serviceaccount imagepullsecrets values helm patches args command envfrom extraenvfrom',
  says: 'The pods cannot be changed in this way. Remove it.',
};

export const photosInS3: Wish = {
  keys: 's3 bucket objectstorage minio gcs azure',
  says: 'Immich keeps photos in files only; a bucket can hold their backups.',
};
