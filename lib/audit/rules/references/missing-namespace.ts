import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const missingNamespace: Rule = {
  id: 'missing-namespace',
  severity: 'error',
  whose: 'upstream',
  meaning: 'An object stands in a namespace that nothing creates.',
  why: 'The API server refuses an object whose namespace does not exist. In one Kustomization with others, this stops all of them.',
  url: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  examples: {
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: immich }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
`,
    broken: {
      'namespace: immich': 'namespace: imich',
    },
  },
  check(inventory, report) {
    if (!inventory.complete) {
      return;
    }
    const told = new Set<string>(always);
    for (const field of inventory.fields) {
      const namespace = field.at('metadata', 'namespace');
      const name = namespace.text;
      if (
        name !== undefined &&
        !told.has(name) &&
        inventory.find('', 'Namespace', undefined, name) === undefined
      ) {
        told.add(name);
        report(namespace, {
          message: `Nothing creates namespace ${quote(name)}; the API server refuses every object in it.`,
          fix: 'Add the Namespace, or name one that exists.',
        });
      }
    }
  },
};

/** Kubernetes makes these, and Flux its own. */
const always = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system'];
