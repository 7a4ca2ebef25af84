import { Field } from '../../../manifests/field.ts';
import type { Rule } from '../../rule.ts';

export const brokenYaml: Rule = {
  id: 'broken-yaml',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A file of Immich, its database or Flux is no YAML.',
  why: 'Kustomize reads every file that it is given before it gives any to Kubernetes. One that it cannot read stops all that stand beside it: nothing of them is changed any more, while what runs goes on as it was, and looks healthy.',
  url: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml',
  examples: {
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: immich, namespace: immich }
data: { TZ: UTC }
`,
    broken: { 'data: { TZ: UTC }': 'data: { TZ: UTC' },
  },
  check({ broken }, report) {
    for (const { manifest, reason } of broken) {
      report(Field.of(manifest).at('kind'), {
        message: `This is no YAML, so that nothing beside it is applied either: ${reason.replace(/[.:]?$/, '')}.`,
        fix: 'Mend the text at this place; an editor with a YAML mode shows what it belongs to.',
      });
    }
  },
};
