import { posix } from 'node:path';
import { inlineOf } from '../../lib/dist/scalar.ts';
import { checkovConfiguration } from '../../lib/reference/checkov.ts';
import type { FluxPlace } from './first-installation.ts';
import { type Place, synthArguments } from './place.ts';
import { renovateConfiguration } from './renovate.ts';
import { workflows } from './workflows.ts';

/** What a repository of one's own has beside its installation: paths as seen from the working folder, and texts. */
export function repositoryFiles(name: string, place: Place, flux: FluxPlace): ReadonlyMap<string, string> {
  return new Map([
    ['.gitattributes', gitAttributes(place)],
    ['.gitignore', 'node_modules/\n'],
    ...[...workflows(place)].map(([file, text]): [string, string] => [
      posix.join(place.root, '.github/workflows', file),
      text,
    ]),
    [posix.join(place.root, 'renovate.json'), renovateConfiguration(place)],
    [kustomizationFile(name, place), kustomization(name, place, flux)],
    ['.checkov.yaml', checkov(place)],
    ['README.md', readme(name, place)],
  ]);
}

/** Where the Kustomization stands that Flux must be given once. */
export function kustomizationFile(name: string, { flux }: Place): string {
  return `${flux}/immich-${name}.yaml`;
}

function gitAttributes({ output }: Place): string {
  return `# The same bytes on every machine.
* text=auto eol=lf
# Written by synth, and what a review is about: shown in full.
${output}/** -linguist-generated
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

function checkov({ output }: Place): string {
  return `# What checkov reads here: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
framework: [kubernetes]
directory: [${output}]
compact: true
quiet: true
${checkovConfiguration()}`;
}

function readme(name: string, place: Place): string {
  const { output, installations } = place;
  return `# Immich

\`${installations}/${name}.yaml\` describes our Immich; immich-cdk8s makes \`${output}/\` of it, which Flux applies.

1. Fill in what \`${installations}/${name}.yaml\` marks with \`<fill in: ...>\`.
2. \`npx --no-install immich-cdk8s synth${synthArguments(place)}\` writes \`${output}/\` and lists the Secrets that must exist: create them.
3. Commit everything, and review the diff of \`${output}/\` before it is merged.
4. \`kubectl apply -f ${kustomizationFile(name, place)}\`, once; not needed where Flux reads that folder.

When something breaks: \`${output}/${name}/RUNBOOK.md\`.
`;
}
