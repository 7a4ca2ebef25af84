import {
  Kustomization,
  type KustomizationSpec,
  KustomizationSpecDecryptionProvider,
  KustomizationSpecDeletionPolicy,
  type KustomizationSpecDependsOn,
  type KustomizationSpecPostBuild,
  KustomizationSpecPostBuildSubstituteFromKind,
  KustomizationSpecSourceRefKind,
} from '@cdk8s/imports-flux';
import type { Construct } from 'constructs';
import { clusterFolderOf, layerNameOf, sourceNamespaceOf } from '../installation/delivery.ts';
import type { Flux, Substitution } from '../installation/flux.ts';
import type { Installation } from '../installation/installation.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import type { LayerPlan } from './layer.ts';

export interface FluxProps {
  readonly installation: Pick<Installation, 'name' | 'clusters' | 'flux'>;
  readonly cluster: string;
  readonly layers: readonly LayerPlan[];
  /** Names of the layers in which Flux fills in variables. */
  readonly substituted?: ReadonlySet<string>;
}

/** One Kustomization per layer. None has `force`, which deletes what it cannot change, databases included. */
export function fluxKustomizations(scope: Construct, props: FluxProps): void {
  const { installation, cluster, layers, substituted } = props;
  const { name: installationName, flux } = installation;
  for (const layer of layers) {
    const name = layerNameOf(installation, layer.name);
    const folder =
      layer.encrypted?.folder ?? [flux.path, clusterFolderOf(installation, cluster), layer.name].join('/');
    const dependsOn = dependenciesOf(layer, props);
    new Kustomization(scope, name, {
      metadata: { name, namespace: flux.namespace, labels: ownLabels },
      spec: {
        interval: flux.interval,
        // Without it a failed layer is tried again only after the whole interval.
        retryInterval: '2m',
        timeout: layer.timeout,
        path: `./${folder}`,
        // What is encrypted a person moves and renames, and without its Secrets nothing can be read.
        prune: layer.encrypted === undefined,
        deletionPolicy: layer.keepsObjects
          ? KustomizationSpecDeletionPolicy.ORPHAN
          : KustomizationSpecDeletionPolicy.MIRROR_PRUNE,
        sourceRef: {
          kind: sourceKinds[flux.source.kind],
          name: flux.source.name,
          ...present({ namespace: writtenSourceNamespace(flux) }),
        },
        ...decryptionOf(layer),
        ...(dependsOn.length > 0 ? { dependsOn } : {}),
        ...(flux.components.length > 0
          ? { components: flux.components.map((component) => fromFolder(folder, component)) }
          : {}),
        ...metadataOf(flux),
        ...(flux.substitute !== undefined && substituted?.has(layer.name)
          ? { postBuild: postBuildOf(flux.substitute, installationName) }
          : {}),
        ...readinessOf(layer),
      },
    });
  }
}

/** A kustomization.yaml above may put a Kustomization into another namespace, in which there is no source. */
function writtenSourceNamespace(flux: Flux): string | undefined {
  return flux.layout === 'cluster-template' ? sourceNamespaceOf(flux) : flux.source.namespace;
}

/** The layers before this one; those of others before the layers that come first, and so before all. */
function dependenciesOf(layer: LayerPlan, { installation }: FluxProps): KustomizationSpecDependsOn[] {
  return layer.after.length > 0
    ? layer.after.map((before) => ({ name: layerNameOf(installation, before) }))
    : installation.flux.dependsOn.map(({ name, namespace }) => ({ name, ...present({ namespace }) }));
}

/** A folder of the source as it is seen from another, which is how Flux wants components. */
function fromFolder(folder: string, component: string): string {
  const up = folder.split('/').filter((part) => part !== '.');
  return [...up.map(() => '..'), component].join('/');
}

function metadataOf({ commonMetadata }: Flux): Partial<KustomizationSpec> {
  const written = Object.entries(commonMetadata).filter(([, entries]) => Object.keys(entries).length > 0);
  return written.length > 0 ? { commonMetadata: Object.fromEntries(written) } : {};
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption */
function decryptionOf({ encrypted }: LayerPlan): Partial<KustomizationSpec> {
  if (encrypted === undefined) return {};
  const secretRef = { name: encrypted.key };
  return { decryption: { provider: KustomizationSpecDecryptionProvider.SOPS, secretRef } };
}

function postBuildOf({ from }: Substitution, installation: string): KustomizationSpecPostBuild {
  return {
    // One that is always there: where there is none at all Flux replaces nothing, and what is escaped would stay so.
    substitute: { IMMICH_INSTALLATION: installation },
    substituteFrom: from.map(({ kind, name }) => ({ kind: substitutionKinds[kind], name })),
  };
}

const substitutionKinds = {
  ConfigMap: KustomizationSpecPostBuildSubstituteFromKind.CONFIG_MAP,
  Secret: KustomizationSpecPostBuildSubstituteFromKind.SECRET,
};

const sourceKinds = {
  GitRepository: KustomizationSpecSourceRefKind.GIT_REPOSITORY,
  OCIRepository: KustomizationSpecSourceRefKind.OCI_REPOSITORY,
  Bucket: KustomizationSpecSourceRefKind.BUCKET,
};

function readinessOf({ readiness }: LayerPlan): Partial<KustomizationSpec> {
  switch (readiness.kind) {
    case 'applied':
      return { wait: false };
    case 'objects':
      return { wait: true };
    case 'database':
      return {
        wait: false,
        healthChecks: [
          { kind: 'Cluster', name: readiness.cluster },
          { kind: 'Database', name: readiness.database },
        ].map(({ kind, name }) => ({
          apiVersion: 'postgresql.cnpg.io/v1',
          kind,
          name,
          namespace: readiness.namespace,
        })),
        healthCheckExprs: [
          {
            apiVersion: 'postgresql.cnpg.io/v1',
            kind: 'Cluster',
            // A Cluster has no observedGeneration, so that Flux alone takes it for ready at once. There is no `failed`
            // here on purpose: Ready is False during every rolling update.
            current: [
              'has(status.conditions)',
              isTrue('Ready'),
              // A database that is set up anew over the archive of an earlier one is Ready, empty and unarchived:
              // https://github.com/cloudnative-pg/cloudnative-pg/issues/6137. Immich would greet its first administrator.
              ...(readiness.archives ? [isTrue('ContinuousArchiving')] : []),
            ].join(' && '),
          },
          {
            apiVersion: 'postgresql.cnpg.io/v1',
            kind: 'Database',
            current:
              'has(status.applied) && status.applied && status.observedGeneration == metadata.generation',
          },
        ],
      };
  }
}

function isTrue(condition: string): string {
  return `status.conditions.exists(c, c.type == '${condition}' && c.status == 'True')`;
}
