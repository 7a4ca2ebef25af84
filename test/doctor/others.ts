/** An installation with what the references do not have: another door, a card, drivers, claims and programs of others, VolSync. */
export const others = `name: others
version: v3.3.1
host: others.example.com
namespace: others
volumes:
  library: { existingClaim: photos, accessMode: ReadWriteMany, backup: none, reason: somebody else backs it up }
  generated: { storageClass: longhorn, size: 10Gi, backup: { volsync: {} } }
  externalLibraries:
    nas: { smb: { server: 192.0.2.9, share: photos, secret: others-smb }, path: /mnt/nas }
  models: { storageClass: longhorn, size: 10Gi }
database:
  external: { host: postgres.shared.svc, password: { secret: others-db, key: password } }
valkey: { external: { host: valkey.example.com } }
machineLearning: { gpu: nvidia }
route:
  gateway: { class: envoy, parents: [{ name: public, namespace: network, section: https }] }
`;
