import { isList } from '../manifests/field.ts';
import type { Manifest, Value } from '../manifests/manifest.ts';
import { folderOf } from '../manifests/views/layer.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import type { SynthesizedCluster } from './cluster-manifests.ts';

/** A cluster as dist has it, where Flux fills in variables: in a layer that has one, what else Flux would take is escaped. */
export function withFluxVariables(cluster: SynthesizedCluster): SynthesizedCluster {
  const { substitute } = cluster.plan.installation.flux;
  if (substitute === undefined) return cluster;
  const variables = new FluxVariables(substitute.variables);
  const substituted = new Set(
    cluster.manifests
      .filter(({ object }) => variables.standIn(JSON.stringify(object)))
      .map(({ file }) => folderOf(file)),
  );
  const manifests = cluster.manifests.map((manifest) =>
    substituted.has(folderOf(manifest.file)) ? writeVariables(manifest, variables) : manifest,
  );
  return { ...cluster, manifests };
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
