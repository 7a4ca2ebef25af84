import { audit } from '../../lib/audit/audit.ts';
import { cluster } from '../../lib/audit/examples.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';
import { namesNetworkShare, provisionsNetworkShares } from '../../lib/values/network-share.ts';
import { edited, errorsIn, home } from '../installation/example.ts';

/** The same names for the installation file and for the audit. */
const names: [string, boolean][] = [
  ['nfs', true],
  ['nfs4', true],
  ['nas-nfs', true],
  ['nfs.csi', true],
  ['cifs-fast', true],
  ['smb2', true],
  ['efs-sc', true],
  ['azurefile-csi', true],
  ['longhorn', false],
  ['chefs', false],
  ['confsys', false],
  ['local-path', false],
];

describe.each(names)('storage class %s', (name, isShare) => {
  test('by its name', () => {
    expect(namesNetworkShare(name)).toBe(isShare);
  });

  test('in an installation file', () => {
    const text = edited(home, ['cnpg:', `cnpg:\n    walStorage: { storageClass: ${name}, size: 5Gi }`]);
    expect(errorsIn(text).filter((line) => line.includes('names a network share'))).toHaveLength(
      isShare ? 1 : 0,
    );
  });

  test('in the audit', () => {
    const text = cluster(`walStorage: { size: 5Gi, storageClass: ${name} }`);
    const inventory = new Inventory(splitDocuments('a.yaml', text).flatMap(readManifests));
    const found = audit(inventory).filter(({ rule }) => rule === 'database-on-network-share');
    expect(found).toHaveLength(isShare ? 1 : 0);
  });
});

test.each([
  ['nfs.csi.k8s.io', true],
  ['cluster.local/nfs-subdir-external-provisioner', true],
  ['smb.csi.k8s.io', true],
  ['efs.csi.aws.com', true],
  ['file.csi.azure.com', true],
  ['filestore.csi.storage.gke.io', true],
  ['csi.juicefs.com', true],
  ['disk.csi.azure.com', false],
  ['driver.longhorn.io', false],
  ['rancher.io/local-path', false],
])('provisioner %s', (provisioner, isShare) => {
  expect(provisionsNetworkShares(provisioner)).toBe(isShare);
});
