import type { Mount } from './mount.ts';
import type { EnvironmentVariable } from './variable.ts';

/**
 * The annotation of what reads Secrets when its pods start. Reloader, where it is installed, restarts them when one of
 * these changes: https://github.com/stakater/Reloader
 */
export function reloadedBy(read: {
  readonly variables: readonly EnvironmentVariable[];
  readonly files?: readonly Mount[];
}): { readonly [annotation: string]: string } {
  const secrets = [
    ...new Set([
      ...(read.files ?? []).flatMap((file) => (file.kind === 'secret' ? [file.secret] : [])),
      ...read.variables.flatMap((variable) => ('from' in variable ? [variable.from.secret] : [])),
    ]),
  ];
  return secrets.length === 0 ? {} : { 'secret.reloader.stakater.com/reload': secrets.join(',') };
}
