/**
 * Whether the name of a storage class says that its volumes are network shares, on which PostgreSQL loses data:
 * `nfs`, `nas-nfs4`, `cifs.fast`, but not `confsys`.
 */
export function namesNetworkShare(storageClass: string): boolean {
  return /(^|[-_.])(nfs|smb|cifs)([-_.0-9]|$)/i.test(storageClass);
}

/** Whether a provisioner, such as `nfs.csi.k8s.io` or `cluster.local/nfs-subdir-external-provisioner`, makes them. */
export function provisionsNetworkShares(provisioner: string): boolean {
  return /nfs|smb|cifs/i.test(provisioner);
}
