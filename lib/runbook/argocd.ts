import { layerNameOf } from '../installation/delivery.ts';
import { skipAnnotation } from '../kubernetes/argocd.ts';
import type { Names } from './names.ts';
import type { Where } from './where.ts';

/** The kind of a layer in Argo CD. */
export const applications = 'applications.argoproj.io';

/** `kubectl` with a verb on the Application of a layer. */
function onLayer(names: Names, where: Where, verb: string, layer: string): string {
  return onApplication(names, where, verb, layerNameOf(names.installation, layer));
}

function onApplication(names: Names, where: Where, verb: string, name: string): string {
  return `${names[where]} ${verb} ${applications} ${name} --namespace ${namespaceOf(names)}`;
}

/**
 * The command that keeps Argo CD from applying a layer, whatever is pushed. What is said in its spec the Application
 * above takes back: https://argo-cd.readthedocs.io/en/stable/user-guide/skip_reconcile/
 */
export function skip(names: Names, where: Where, layer: string): string {
  return `${onLayer(names, where, 'annotate', layer)} --overwrite ${skipAnnotation}=true`;
}

/** The command that lets Argo CD apply a layer again. */
export function unskip(names: Names, where: Where, layer: string): string {
  return `${onLayer(names, where, 'annotate', layer)} ${skipAnnotation}-`;
}

/** The commands that have Argo CD look at the repository, and end when it holds the commit that is checked out. */
export function refresh(names: Names, where: Where): string[] {
  const root = rootName(names);
  return [
    `${onApplication(names, where, 'annotate', root)} --overwrite ${refreshed}`,
    `until ${onApplication(names, where, 'get', root)} --output jsonpath='{.status.sync.revision}' | grep "$(git rev-parse HEAD)"; do sleep 5; done`,
  ];
}

/** The commands that have Argo CD apply a layer as it is pushed, and end when that is done. */
export function synced(names: Names, where: Where, layer: string): string[] {
  return [
    `${onLayer(names, where, 'annotate', layer)} --overwrite ${refreshed}`,
    `${onLayer(names, where, 'wait', layer)} --for=jsonpath='{.status.sync.status}'=Synced --timeout=60m`,
  ];
}

/** The Application that a person points at dist. */
export function rootName({ installation }: Names): string {
  return `immich-${installation.name}`;
}

const refreshed = 'argocd.argoproj.io/refresh=normal';

function namespaceOf({ installation }: Names): string {
  return installation.argocd?.namespace ?? 'argocd';
}
