import { inlineOf } from '../../lib/dist/scalar.ts';
import { fillIn } from '../../lib/installation/fill-in.ts';

/** Who applies dist, and where that stands in the repository. */
export type Delivery =
  | { readonly kind: 'flux'; readonly place: FluxPlace }
  | {
      readonly kind: 'cluster-template';
      readonly place: FluxPlace;
      /** Where this was seen; undefined where a person says so. */
      readonly seen: string | undefined;
    }
  | {
      readonly kind: 'argocd';
      readonly namespace: string;
      /** The URL of the repository, as Argo CD knows it; undefined where nobody knows it. */
      readonly repository: string | undefined;
      readonly seen: string | undefined;
    };

/** Where the Flux of a repository stands, and what it takes dist from. */
export interface FluxPlace {
  readonly namespace: string;
  readonly source: { readonly kind: string; readonly name: string; readonly namespace?: string };
}

/** Where Flux stands after a bootstrap with its defaults. */
export const standardFlux: FluxPlace = {
  namespace: 'flux-system',
  source: { kind: 'GitRepository', name: 'flux-system' },
};

/** The URL of the repository for Argo CD, or the mark that it is to be filled in. */
export function repositoryText(repository: string | undefined): string {
  return repository === undefined
    ? JSON.stringify(fillIn('the URL of this repository, as Argo CD knows it'))
    : inlineOf(repository);
}

/** The lines of an installation file that say how dist is delivered. `dist` is seen from the root of the repository. */
export function deliveryLines(delivery: Delivery, dist: string): string[] {
  switch (delivery.kind) {
    case 'flux':
      return section(fluxLines(delivery.place, dist));
    case 'cluster-template':
      return [
        ...section([
          `  layout: cluster-template${seenIn(delivery.seen)}`,
          ...fluxLines(delivery.place, dist),
        ]),
        'files: layer # one short file for each layer, as there',
      ];
    case 'argocd':
      return [
        `deliver: argocd${seenIn(delivery.seen)}`,
        'argocd:',
        `  repository: ${repositoryText(delivery.repository)}`,
        ...(dist === 'dist' ? [] : [`  path: ./${dist}`]),
        ...(delivery.namespace === 'argocd' ? [] : [`  namespace: ${inlineOf(delivery.namespace)}`]),
      ];
  }
}

function fluxLines({ namespace, source }: FluxPlace, dist: string): string[] {
  const isStandard =
    source.kind === standardFlux.source.kind &&
    source.name === standardFlux.source.name &&
    source.namespace === undefined;
  const at = source.namespace === undefined ? '' : `, namespace: ${inlineOf(source.namespace)}`;
  return [
    ...(dist === 'dist' ? [] : [`  path: ./${dist}`]),
    ...(namespace === standardFlux.namespace ? [] : [`  namespace: ${inlineOf(namespace)}`]),
    ...(isStandard
      ? []
      : [`  source: { kind: ${inlineOf(source.kind)}, name: ${inlineOf(source.name)}${at} }`]),
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['flux:', ...lines];
}

function seenIn(seen: string | undefined): string {
  // A comment ends with its line.
  return seen === undefined || !/^[ -~]+$/.test(seen) ? '' : ` # as ${seen} has it`;
}
