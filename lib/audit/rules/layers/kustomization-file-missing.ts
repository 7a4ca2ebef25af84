import { Field, isUnknown } from '../../../manifests/field.ts';
import { isRemote, joinPath } from '../../../manifests/views/layer.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const kustomizationFileMissing: Rule = {
  id: 'kustomization-file-missing',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A kustomization lists a file or folder that is not there.',
  why: 'Kustomize stops at the first file that it does not find. The whole kustomization then stays at its last state, and other changes that are in git are not applied either.',
  url: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  limits: 'An entry that is fetched from elsewhere is not looked at.',
  examples: {
    good: `
# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [serviceaccount.yaml]
---
# app/serviceaccount.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
`,
    broken: {
      'resources: [serviceaccount.yaml]': 'resources: [serviceacount.yaml]',
    },
  },
  check(inventory, report) {
    for (const { kustomization, folder } of inventory.layers) {
      for (const list of ['resources', 'components', 'bases']) {
        for (const entry of Field.of(kustomization).at(list).items) {
          const path =
            entry.text === undefined || isUnknown(entry.text) || isRemote(entry.text)
              ? undefined
              : joinPath(folder, entry.text);
          if (path !== undefined && !inventory.hasFile(path)) {
            report(entry, {
              message: `There is no ${quote(entry.text)} here; nothing of this kustomization is applied.`,
              fix: 'Correct the name, or remove the line.',
            });
          }
        }
      }
    }
  },
};
