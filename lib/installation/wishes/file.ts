import type { Wish } from '../../schema/wish.ts';
import { graphics, host, photosInBucket, photosInS3, podParts, route, tls, tunnel } from './common.ts';

/** At the top of the file. */
export const fileWishes: readonly Wish[] = [
  host,
  route,
  tls,
  tunnel,
  {
    keys: `gpu ${graphics.keys}`,
    says: 'A graphics card is for machine learning, for the server that transcodes, or for both.',
    write: 'machineLearning: { gpu: nvidia }',
  },
  {
    keys: 'nodeselector affinity tolerations topologyspreadconstraints topologyspread priorityclassname node labels annotations imagepullsecrets',
    says: 'Where pods run is said of each component.',
    write: 'server: { nodeSelector: { kubernetes.io/hostname: node-1 } }',
  },
  podParts,
  {
    keys: 'tag imagetag appversion immichversion release immich',
    write: 'version: v3.3.1',
  },
  {
    keys: 'image registry repository',
    says: 'The version chooses the images, and each component can name another one.',
    write: 'server: { image: "registry.example.com/immich-server:v3.3.1" }',
  },
  {
    keys: 'replicas autoscaling hpa',
    says: 'More than one pod of the server needs a library that is ReadWriteMany.',
    write: 'server: { replicas: 2, microservices: { separate: true } }',
  },
  {
    ...photosInBucket,
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
  {
    keys: 'medialocation uploadlocation',
    says: 'Where Immich has its files in its pods is said below volumes, beside what they are kept on: { mediaLocation: /data, library: ... }.',
  },
  {
    keys: 'storage persistence pvc claims library data upload photos storageclass size',
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
  {
    keys: 'nfs',
    write:
      'volumes: { library: { nfs: { server: nas.example.net, path: /export/immich }, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
  {
    ...photosInS3,
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
  {
    keys: 'backup backups volsync velero restic',
    says: 'Each volume and the database say how they are backed up.',
    write:
      'volumes: { library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }, models: { storageClass: longhorn, size: 20Gi } }',
  },
  {
    keys: 'postgres postgresql pg db cnpg cloudnativepg barman',
    write:
      'database: { cnpg: { image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1, storage: { storageClass: longhorn, size: 20Gi }, backup: { s3: { bucket: immich-backups, credentials: immich-backup } } } }',
  },
  {
    keys: 'redis dragonfly keydb queue',
    says: 'Valkey is made here, and takes the place of Redis; one of others stands in valkey.external.',
    write: 'valkey: { persistence: { storageClass: longhorn, size: 1Gi } }',
  },
  {
    keys: 'oauth oidc sso openid authentik authelia keycloak',
    says: "A login by a provider is a part of Immich's configuration, with the client secret in a Secret.",
    write:
      'config: { oauth: { enabled: true, issuerUrl: "https://auth.example.com", clientId: immich, clientSecret: { secret: immich-oauth, key: client-secret } } }',
  },
  {
    keys: 'smtp mail email notifications',
    says: "Mail is a part of Immich's configuration, with the password in a Secret.",
    write:
      'config: { notifications: { smtp: { enabled: true, transport: { host: mail.example.com, password: { secret: immich-mail, key: password } } } } }',
  },
  {
    keys: 'env environment extraenv variables',
    says: 'Each component has its own variables.',
    write: 'server: { environment: { IMMICH_LOG_LEVEL: debug } }',
  },
  { keys: 'tz', write: 'timezone: Europe/Zurich' },
  {
    keys: 'resources requests limits memory cpu',
    says: 'Each component has its own.',
    write: 'server: { resources: { requests: { memory: 1Gi } } }',
  },
  { keys: 'ml machinelearning', write: 'machineLearning: { replicas: 1 }' },
  { keys: 'microservices', write: 'server: { microservices: { separate: true } }' },
  { keys: 'metrics prometheus servicemonitor telemetry', write: 'monitoring: { enabled: true }' },
  { keys: 'networkpolicy networkpolicies policies', write: 'network: { policies: true }' },
  { keys: 'settings configuration immichconfig', write: 'config: { trash: { days: 60 } }' },
  {
    keys: 'sops',
    says: 'Who makes the Secrets stands below secrets.',
    write: 'secrets: { sops: { folder: ./secrets } }',
  },
  {
    keys: 'externalsecrets externalsecret',
    says: 'Who makes the Secrets stands below secrets.',
    write: 'secrets: { externalSecrets: { store: { name: onepassword } } }',
  },
  {
    keys: 'secret password credentials sealedsecrets',
    says: 'Secrets are named where they are used: database, backup, valkey.password, configSecret.',
  },
];
