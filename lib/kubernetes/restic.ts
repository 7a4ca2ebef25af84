import type { EnvVar, Volume, VolumeMount } from './api.ts';

/** What a pod of restic may use. */
export const moverResources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '2Gi' } };

/**
 * The key of a Secret that holds a file, as VolSync has it, while restic wants to know where the file is:
 * https://volsync.readthedocs.io/en/stable/usage/restic/
 */
export const credentialsFile = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Where a file among the keys of a Secret is mounted, if there is one. */
export function credentialsOf(keys: readonly string[]) {
  const folder = '/credentials';
  return { isFile: keys.includes(credentialsFile), folder, path: `${folder}/${credentialsFile}` };
}

/** How a container of restic is handed the Secret of a repository. */
export interface ResticAccess {
  readonly env: EnvVar[];
  readonly mounts: VolumeMount[];
  readonly volumes: Volume[];
}

/**
 * How a container of restic is handed a Secret with these keys. It starts without the Secret too, to say itself what is
 * wrong.
 */
export function resticAccess(secret: string, keys: readonly string[]): ResticAccess {
  const { isFile, folder, path } = credentialsOf(keys);
  return {
    env: keys.map((name) =>
      name === credentialsFile
        ? { name, value: path }
        : { name, valueFrom: { secretKeyRef: { name: secret, key: name, optional: true } } },
    ),
    mounts: isFile ? [{ name: 'credentials', mountPath: folder, readOnly: true }] : [],
    volumes: isFile
      ? [
          {
            name: 'credentials',
            secret: {
              secretName: secret,
              optional: true,
              items: [{ key: credentialsFile, path: credentialsFile }],
            },
          },
        ]
      : [],
  };
}
