import { list, record } from '../schema/list.ts';
import { defaulting, mapping, required } from '../schema/mapping.ts';
import { anyText } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { mountPath } from './mount-path.ts';
import { isOnSeveralNodes, presentClaim } from './present-claim.ts';
import { label, nfsPath, nfsServer, objectName } from './texts.ts';

/** Photos that stand elsewhere, and that Immich shows without changing them. */
export type ExternalLibrary = {
  /** Where it is in the pods of the server. */
  readonly path: string;
} & (
  | {
      readonly kind: 'nfs';
      readonly server: string;
      readonly folder: string;
      readonly mountOptions: readonly string[];
    }
  | {
      readonly kind: 'smb';
      readonly server: string;
      readonly share: string;
      /** The Secret with `username` and `password`. */
      readonly secret: string;
      readonly mountOptions: readonly string[];
    }
  | { readonly kind: 'existing'; readonly claim: string; readonly isShared: boolean }
);

/** The external libraries of an installation, by names of one's own. */
export type ExternalLibraries = Read<typeof externalLibraries>;

const path = required(
  mountPath,
  'Where it is in the pods: the import path of the library, which is set in the web interface.',
);

const externalLibrary: Schema<ExternalLibrary> = variants<ExternalLibrary>({
  nfs: refine(
    mapping({
      nfs: required(
        mapping({
          server: required(nfsServer, 'DNS name or address of the NFS server.'),
          path: required(nfsPath, 'Exported folder, an absolute path.'),
          mountOptions: defaulting(list(anyText), ['nfsvers=4.1', 'noatime'], 'Mount options, besides ro.'),
        }),
        'An NFS export.',
      ),
      path,
    }),
    ({ nfs, path }) => ({
      kind: 'nfs',
      server: nfs.server,
      folder: nfs.path,
      mountOptions: nfs.mountOptions,
      path,
    }),
  ),
  smb: refine(
    mapping({
      smb: required(
        mapping({
          server: required(nfsServer, 'DNS name or address of the SMB server.'),
          share: required(anyText, 'Name of the share, and folders in it: photos/2019.'),
          secret: required(objectName, 'Name of a Secret with username and password.'),
          mountOptions: defaulting(list(anyText), ['noserverino'], 'Mount options, besides ro, uid and gid.'),
        }),
        'A share of Windows or Samba, by the CSI driver for SMB, which must be installed.',
      ),
      path,
    }),
    ({ smb, path }) => ({ kind: 'smb', ...smb, path }),
  ),
  existingClaim: refine(
    mapping({
      ...presentClaim,
      path,
    }),
    ({ existingClaim, accessMode, path }) => ({
      kind: 'existing',
      claim: existingClaim,
      isShared: isOnSeveralNodes(accessMode),
      path,
    }),
  ),
});

export const externalLibraries = record(label, externalLibrary);

/** The name of the claim of an external library. */
export function libraryClaimOf(name: string, library: ExternalLibrary): string {
  return library.kind === 'existing' ? library.claim : `immich-external-${name}`;
}
