import { Field } from '../field.ts';
import type { Manifest } from '../manifest.ts';
import { folderNamed } from './flux-paths.ts';

/** Whether a manifest is one with which everything begins: what Flux or Argo CD is told to apply. */
export function isRoot({ object: { apiVersion, kind } }: Manifest): boolean {
  return (
    (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) ||
    (apiVersion.startsWith('argoproj.io/') && ['Application', 'ApplicationSet'].includes(kind)) ||
    (apiVersion.startsWith('fluxcd.controlplane.io/') && kind === 'ResourceSet')
  );
}

/** Whether it is known what a Kustomization or Application leads to: not where variables or generators say it. */
export function isReadable(root: Manifest): boolean {
  const field = Field.of(root);
  const { kind } = root.object;
  if (kind === 'ApplicationSet' || kind === 'ResourceSet') {
    return false;
  }
  // One that was not read whole leads to nothing that was.
  if (kind === 'Application' || !field.at('spec').exists) {
    return applicationPaths(root).every((path) => !variable.test(path));
  }
  const path = field.at('spec', 'path').text ?? '';
  return !variable.test(path) && !top.test(path);
}

const variable = /[{$*]/;

/** The top of a repository, from where everything may be applied. */
const top = /^[./]*$/;

/** The Applications of Argo CD by the folders that they apply. */
export function applicationsByFolder(
  applications: readonly Manifest[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, Field[]>();
  for (const application of applications) {
    for (const folder of applicationPaths(application).flatMap((path) => folderNamed(path, known) ?? [])) {
      found.set(folder, [...(found.get(folder) ?? []), Field.of(application)]);
    }
  }
  return found;
}

function applicationPaths(application: Manifest): string[] {
  const spec = Field.of(application).at('spec');
  return [spec.at('source'), ...spec.at('sources').items].flatMap((source) => source.at('path').text ?? []);
}
