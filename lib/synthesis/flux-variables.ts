import { isList } from '../manifests/field.ts';
import type { Manifest, Value } from '../manifests/manifest.ts';
import { folderOf } from '../manifests/views/layer.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import type { SynthesizedCluster } from './cluster-manifests.ts';

/**
 * A cluster as dist has it, where Flux fills in variables: in a layer that has one, what else Flux would take is escaped.
 * In the others nothing is filled in. In a repository after onedr0p/cluster-template many have a patch above that makes
 * Flux fill in variables in every layer; there an object says itself that its dollars are meant.
 */
export function withFluxVariables(cluster: SynthesizedCluster): SynthesizedCluster {
  const { substitute, layout } = cluster.plan.installation.flux;
  if (substitute === undefined && layout === 'layers') return cluster;
  const variables = new FluxVariables(substitute?.variables ?? []);
  const substituted = new Set(
    cluster.manifests
      .filter(({ object }) => variables.standIn(JSON.stringify(object)))
      .map(({ file }) => folderOf(file)),
  );
  const manifests = cluster.manifests.map((manifest) =>
    substituted.has(folderOf(manifest.file))
      ? writeVariables(manifest, variables)
      : layout === 'cluster-template'
        ? keepDollars(manifest)
        : manifest,
  );
  return { ...cluster, manifests };
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution */
function keepDollars(manifest: Manifest): Manifest {
  const { object } = manifest;
  if (!/\$[{$]/.test(JSON.stringify(object))) return manifest;
  const annotations = {
    ...object.metadata?.annotations,
    'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
  };
  return { ...manifest, object: { ...object, metadata: { ...object.metadata, annotations } } };
}

function writeVariables({ object, comments, ...rest }: Manifest, variables: FluxVariables): Manifest {
  const { apiVersion, kind, ...fields } = object;
  return {
    ...rest,
    object: { apiVersion, kind, ...mapValues(fields, variables) },
    comments: comments.map(({ path, text }) => ({ path, text: variables.asWritten(text) })),
  };
}

function mapValues<T extends { readonly [field: string]: Value | undefined }>(
  fields: T,
  variables: FluxVariables,
) {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, withVariables(value, variables)]),
  );
}

function withVariables(value: Value | undefined, variables: FluxVariables): Value | undefined {
  if (typeof value === 'string') return variables.asApplied(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => withVariables(item, variables) ?? null);
  return mapValues(value, variables);
}
