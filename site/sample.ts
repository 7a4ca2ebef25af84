/** What the editor begins with: an installation that synth accepts. */
export const sample = `name: home
version: v3.3.1
host: photos.example.com
volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }
  models: { storageClass: longhorn, size: 20Gi }
database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
    storage: { storageClass: longhorn, size: 20Gi }
    parameters: { max_slot_wal_keep_size: 5GB }
    backup:
      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }
route:
  certificate: { clusterIssuer: letsencrypt-prod }
`;
