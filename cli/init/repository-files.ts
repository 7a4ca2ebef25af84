import { posix } from 'node:path';
import { inlineOf } from '../../lib/dist/scalar.ts';
import { checkovConfiguration } from '../../lib/reference/checkov.ts';
import { type Delivery, type FluxPlace, repositoryText } from './delivery.ts';
import { type Place, synthArguments } from './place.ts';
import { renovateConfiguration } from './renovate.ts';
import { workflows } from './workflows.ts';

/** What a repository of one's own has beside its installation: paths as seen from the working folder, and texts. */
export function repositoryFiles(name: string, place: Place, delivery: Delivery): ReadonlyMap<string, string> {
  return new Map([
    ['.gitattributes', gitAttributes(place)],
    ['.gitignore', 'node_modules/\n'],
    ...[...workflows(place)].map(([file, text]): [string, string] => [
      posix.join(place.root, '.github/workflows', file),
      text,
    ]),
    [posix.join(place.root, 'renovate.json'), renovateConfiguration(place)],
    ...pointer(name, place, delivery),
    ['.checkov.yaml', checkov(place)],
    ['README.md', readme(name, place, delivery)],
  ]);
}

/** What a person does once so that all of the installation is applied. */
export function onceText(name: string, place: Place, { kind }: Delivery): string {
  return kind === 'cluster-template'
    ? `Name \`./${name}\` among the resources of ${posix.join(place.root, place.dist)}/kustomization.yaml, once.`
    : `\`kubectl apply -f ${pointerFile(name, place)}\`, once`;
}

/** Where the object stands that Flux or Argo CD must be given once. */
function pointerFile(name: string, { flux }: Place): string {
  return `${flux}/immich-${name}.yaml`;
}

function pointer(name: string, place: Place, delivery: Delivery): [file: string, text: string][] {
  switch (delivery.kind) {
    case 'flux':
      return [[pointerFile(name, place), kustomization(name, place, delivery.place)]];
    case 'cluster-template':
      return [];
    case 'argocd':
      return [[pointerFile(name, place), application(name, place, delivery)]];
  }
}

function gitAttributes({ own }: Place): string {
  return `# The same bytes on every machine.
* text=auto eol=lf
# Written by synth, and what a review is about: shown in full.
${own.output}/** -linguist-generated
`;
}

function kustomization(name: string, { dist }: Place, { namespace, source }: FluxPlace): string {
  return `# Give this to Flux once: all else of Immich follows from it.
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: immich-${name}
  namespace: ${inlineOf(namespace)}
spec:
  interval: 60m
  path: ./${dist}/${name}/${name}/flux
  prune: true
  sourceRef:
    kind: ${inlineOf(source.kind)}
    name: ${inlineOf(source.name)}
`;
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/#app-of-apps-pattern */
function application(
  name: string,
  { dist }: Place,
  { repository, namespace }: Delivery & { readonly kind: 'argocd' },
): string {
  return `# Give this to Argo CD once: all else of Immich follows from it.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: immich-${name}
  namespace: ${inlineOf(namespace)}
spec:
  project: default
  source:
    repoURL: ${repositoryText(repository)}
    targetRevision: HEAD
    path: ${dist}/${name}/${name}/argocd
  destination:
    server: https://kubernetes.default.svc
    namespace: ${inlineOf(namespace)}
  syncPolicy:
    automated: { prune: true, selfHeal: true }
`;
}

function checkov({ own }: Place): string {
  return `# What checkov reads here: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
framework: [kubernetes]
directory: [${own.output}]
compact: true
quiet: true
${checkovConfiguration()}`;
}

function readme(name: string, place: Place, delivery: Delivery): string {
  const { installations, own } = place;
  const output = own.output;
  const applier = delivery.kind === 'argocd' ? 'Argo CD' : 'Flux';
  return `# Immich

\`${installations}/${name}.yaml\` describes our Immich; immich-cdk8s makes \`${output}/\` of it, which ${applier} applies.

1. Fill in what \`${installations}/${name}.yaml\` marks with \`<fill in: ...>\`.
2. \`npx --no-install immich-cdk8s synth${synthArguments(place)}\` writes \`${output}/\` and lists the Secrets that must exist: create them.
3. Commit everything, and review the diff of \`${output}/\` before it is merged.
4. ${onceText(name, place, delivery)}${delivery.kind === 'cluster-template' ? '' : `; not needed where ${applier} reads that folder.`}

When something breaks: \`${place.output}/${name}/RUNBOOK.md\`.
`;
}
