import { layerNameOf, sourceNamespaceOf } from '../installation/delivery.ts';
import { applications, refresh, skip, synced, unskip } from './argocd.ts';
import type { Names } from './names.ts';
import type { Where } from './where.ts';

export const kustomizations = 'kustomizations.kustomize.toolkit.fluxcd.io';

/**
 * The field manager that Flux lets change its own objects. What `kubectl patch` writes under its own name is taken back
 * as soon as the Kustomization above is applied again, which every new commit makes happen.
 * https://fluxcd.io/flux/faq/#how-to-patch-coredns-and-other-pre-installed-addons
 */
const manager = 'flux-client-side-apply';

/** The command that keeps Flux from applying a layer, whatever is pushed. */
export function suspend(names: Names, where: Where, layer: string): string {
  if (isByArgoCD(names)) return skip(names, where, layer);
  return patch(names, where, layer, true);
}

/** The command that lets Flux apply a layer again, from what it has fetched by then. */
export function resume(names: Names, where: Where, layer: string): string {
  if (isByArgoCD(names)) return unskip(names, where, layer);
  return patch(names, where, layer, false);
}

function patch(names: Names, where: Where, layer: string, suspended: boolean): string {
  const { flux } = names.installation;
  return suspensionOf(names[where], layerName(names, layer), flux.namespace, suspended);
}

/** The command that suspends a Kustomization by its name, or resumes it. */
export function suspensionOf(kubectl: string, name: string, namespace: string, suspended: boolean): string {
  return `${kubectl} patch ${kustomizations} ${name} --namespace ${namespace} --field-manager=${manager} --type=merge --patch '{"spec":{"suspend":${suspended}}}'`;
}

/** The command that lets Flux apply a layer now, by kubectl alone. */
export function reconcile(names: Names, where: Where, layer: string): string {
  return reconciliationOf(names[where], layerName(names, layer), names.installation.flux.namespace);
}

/** The command that lets Flux apply a Kustomization now, by its name. */
export function reconciliationOf(kubectl: string, name: string, namespace: string): string {
  return `${kubectl} annotate ${kustomizations} ${name} --namespace ${namespace} --overwrite reconcile.fluxcd.io/requestedAt="$(date +%s)"`;
}

/** What Flux's own program is called with to suspend, resume or apply a layer; the last ends when the layer is ready. */
export function fluxCommand(
  names: Names,
  where: Where,
  verb: 'suspend' | 'resume' | 'reconcile',
  layer: string,
): string {
  const { flux } = names.installation;
  return `flux${names.context[where]} ${verb} kustomization ${layerName(names, layer)} --namespace ${flux.namespace}`;
}

/** The commands that make Flux fetch, and end only when it holds the commit that is checked out. */
export function fetchCommit(names: Names, where: Where): string[] {
  if (isByArgoCD(names)) return refresh(names, where);
  const { kind, name } = names.installation.flux.source;
  const place = `--namespace ${sourceNamespace(names)}`;
  const resource = sources[kind];
  const get = `${names[where]} get ${resource} ${name} ${place} --output jsonpath=`;
  const asked = `${names[where]} annotate ${resource} ${name} ${place} --overwrite reconcile.fluxcd.io/requestedAt="$(date +%s)"`;
  switch (kind) {
    case 'GitRepository':
      return [
        asked,
        `until ${get}'{.status.artifact.revision}' | grep "$(git rev-parse HEAD)"; do sleep 5; done`,
      ];
    case 'OCIRepository':
      return [
        asked,
        `until ${get}'{.status.artifact.metadata}' | grep "$(git rev-parse HEAD)"; do sleep 5; done`,
      ];
    case 'Bucket':
      return [asked, 'sleep 60', `${get}'{.status.artifact.revision} of {.status.artifact.lastUpdateTime}'`];
  }
}

/** What is to be seen in the answer of {@link fetchCommit}, as a sentence. */
export function fetchRevision({ installation }: Names): string {
  return installation.argocd === undefined && installation.flux.source.kind === 'Bucket'
    ? 'A bucket knows no commits: go on only when the time is later than your upload.'
    : 'The second command ends when Flux holds the commit that is checked out here, and prints it; where it does not end, the commit is not where Flux looks, or not pushed.';
}

/** The same fetch with Flux's own program. */
export function fluxFetch(names: Names, where: Where): string {
  const { kind, name } = names.installation.flux.source;
  const what = { GitRepository: 'git', OCIRepository: 'oci', Bucket: 'bucket' }[kind];
  return `flux${names.context[where]} reconcile source ${what} ${name} --namespace ${sourceNamespace(names)}`;
}

/** The name of the Kustomization of a layer. */
export function layerName({ installation }: Names, layer: string): string {
  return layerNameOf(installation, layer);
}

const sources = {
  GitRepository: 'gitrepositories.source.toolkit.fluxcd.io',
  OCIRepository: 'ocirepositories.source.toolkit.fluxcd.io',
  Bucket: 'buckets.source.toolkit.fluxcd.io',
};

function sourceNamespace({ installation: { flux } }: Names): string {
  return sourceNamespaceOf(flux);
}

/** Whether Argo CD applies dist, and not Flux. */
export function isByArgoCD({ installation }: Names): boolean {
  return installation.argocd !== undefined;
}

/**
 * The commands that have a layer applied, and end when that is done.
 *
 * @param fetches Whether what was pushed has to be fetched first, which once is enough.
 */
export function applyNow(names: Names, where: Where, layer: string, fetches = true): string[] {
  return isByArgoCD(names)
    ? [...(fetches ? refresh(names, where) : []), ...synced(names, where, layer)]
    : [`${fluxCommand(names, where, 'reconcile', layer)}${fetches ? ' --with-source' : ''} --timeout=60m`];
}

/** The same by Flux's own program, in brackets; nothing where Argo CD applies dist, whose commands are as short. */
export function byFluxItself(names: Names, commands: readonly string[], more = ''): string[] {
  return isByArgoCD(names)
    ? []
    : [`(With Flux's own program: ${commands.map((one) => `\`${one}\``).join(', ')}${more}.)`];
}

/** The kind of the objects that apply the layers. */
export function layersKind(names: Names): string {
  return isByArgoCD(names) ? applications : kustomizations;
}

/** The namespace that these objects are in. */
export function layersNamespace({ installation }: Names): string {
  return (installation.argocd ?? installation.flux).namespace;
}
