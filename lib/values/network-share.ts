/**
 * Whether the name of a storage class says that its volumes are network shares, on which PostgreSQL loses data:
 * `nfs`, `nas-nfs4`, `cifs.fast`, `efs-sc`, but not `confsys`.
 */
export function namesNetworkShare(storageClass: string): boolean {
  return /(^|[-_.])(nfs|smb|cifs|efs|azurefile|glusterfs|juicefs|seaweedfs)([-_.0-9]|$)/i.test(storageClass);
}

/**
 * Whether a provisioner, such as `nfs.csi.k8s.io` or `cluster.local/nfs-subdir-external-provisioner`, makes them. Those
 * of the clouds speak NFS or SMB too: https://docs.aws.amazon.com/efs/latest/ug/whatisefs.html,
 * https://learn.microsoft.com/azure/storage/files/storage-files-introduction, https://cloud.google.com/filestore/docs
 */
export function provisionsNetworkShares(provisioner: string): boolean {
  return /nfs|smb|cifs|efs\.csi\.aws|file\.csi\.azure|azure-file|filestore\.csi|glusterfs|juicefs|seaweedfs/i.test(
    provisioner,
  );
}
