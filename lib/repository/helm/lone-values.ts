import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { folderOf, isKustomizeFile, joinPath } from '../../manifests/views/layer.ts';
import { type Installation, lastStep } from './installation.ts';
import type { ValueFiles } from './value-files.ts';

/**
 * Values of Immich in files that nothing among what is read installs, as `helm install --values` takes them. Which
 * chart they are for is told by their keys.
 */
export function loneValues(manifests: readonly Manifest[], files: ValueFiles): Installation[] {
  const generated = generatorFiles(manifests);
  return files.candidates.flatMap((file): Installation[] => {
    if (files.isUsed(file) || generated.has(file) || files.isInChart(folderOf(file))) return [];
    const values = files.at(file);
    const chart = values === undefined ? undefined : chartOf(values);
    if (values === undefined || chart === undefined) return [];
    const name = values.at('fullnameOverride').text ?? 'immich';
    const object = { apiVersion: '', kind: 'Values', metadata: { name: lastStep(file) } };
    const release = { name, namespace: undefined, manifest: { ...values.manifest, object } };
    return [{ release, chart, version: '', values: [values], isPartial: true }];
  });
}

/** Which of the known charts values are for, when they are Immich's; undefined for those of other charts. */
function chartOf(values: Field): string | undefined {
  const images = values
    .at('controllers')
    .entries.flatMap(([, controller]) => controller.at('containers').entries)
    .map(([, container]) => container.at('image', 'repository').text ?? '');
  if (images.some((image) => immichImage.test(image))) return 'app-template';
  const isOfficial =
    values.at('immich', 'persistence').exists ||
    ['server', 'machine-learning'].some((part) => isPart(values.at(part)));
  return isOfficial ? 'immich' : undefined;
}

const immichImage = /(^|\/)immich-(server|machine-learning)$/;

/** A part of Immich's chart as it is written before and since version 0.10. */
function isPart(part: Field): boolean {
  const images = [
    part.at('image', 'repository'),
    ...part
      .at('controllers')
      .entries.flatMap(([, controller]) => controller.at('containers').entries)
      .map(([, container]) => container.at('image', 'repository')),
  ];
  return images.some(({ text }) => text !== undefined && immichImage.test(text));
}

/** Files that kustomizations make config maps and secrets of, where releases take them from. */
function generatorFiles(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests.filter(isKustomizeFile).flatMap((manifest) => {
      const field = Field.of(manifest);
      return ['configMapGenerator', 'secretGenerator']
        .flatMap((list) => field.at(list).items)
        .flatMap((entry) => entry.at('files').texts)
        .flatMap((text) => joinPath(folderOf(manifest.file), text.slice(text.indexOf('=') + 1)) ?? []);
    }),
  );
}
