/** Installation files of the tests about changes, which other tests do not edit. */
export const home = `name: home
version: v3.3.1
host: photos.example.com
volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: none, reason: test }
  models:  { storageClass: longhorn, size: 20Gi }
database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
    storage: { storageClass: longhorn, size: 20Gi }
    backup:
      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }
route:
  certificate: { clusterIssuer: letsencrypt-prod }
`;

/** A database of others, and snapshots of the library. */
export const k3s = `name: k3s
version: v3.3.1
host: photos.example.org
volumes:
  library:
    storageClass: longhorn
    size: 500Gi
    backup: none
    reason: test
    longhorn: { snapshots: { schedule: "0 1 * * *", retain: 14 } }
  models: { storageClass: longhorn, size: 20Gi, claim: immich-ml-cache }
database:
  external:
    host: postgres-cluster-rw.database.svc.cluster.local
    database: immich
    username: immich
    password: { secret: immich-db, key: password }
route:
  certificate: { clusterIssuer: letsencrypt-prod }
  traefik: { k3s: true }
`;

/** Network shares, and a database in a Kubernetes cluster of its own, backed up by CloudNativePG itself. */
export const tachtit = `name: tachtit
version: v2.5.0
host: photos.example.net
clusters: { app: tachtit, database: tachtit-data }
volumes:
  library:   { nfs: { server: nas.example.net, path: /export/immich/library }, size: 500Gi, backup: none, reason: test }
  generated: { nfs: { server: nas.example.net, path: /export/immich/generated }, size: 100Gi }
  models:    { nfs: { server: nas.example.net, path: /export/immich/models }, size: 20Gi }
database:
  cnpg:
    operator: "1.30"
    name: immich-db-tachtit-cnpg-v0
    image: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3
    instances: 2
    storage: { storageClass: local-path, size: 20Gi }
    host: immich-db.example.net
    credentials: { secret: immich-db }
    backup:
      method: barmanObjectStore
      schedule: "0 0 3 * * *"
      retention: 14d
      azure:
        destinationPath: https://account.blob.core.windows.net/immich
        connectionString: { secret: azure-creds, key: connection-string-2 }
`;
