import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immichRoutes } from '../../../manifests/views/routes.ts';
import { type TraefikView, traefiks } from '../../../manifests/views/traefik.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, routeThrough } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const referenceAcrossNamespaces: Rule = {
  id: 'reference-across-namespaces',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route names a middleware or service of another namespace, which Traefik does not allow.',
  why: 'Unless allowCrossNamespace is set, Traefik lets an IngressRoute refer to objects of its own namespace alone. A route that refers to another one is dropped whole, so that the address of Immich answers with 404 while Immich is healthy.',
  url: 'https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-crd/',
  limits: 'The options of Traefik are known only where its release or its arguments are among what was read.',
  examples: {
    good: documents(
      routeThrough('headers: { stsSeconds: 31536000 }'),
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: traefik, namespace: traefik }
spec:
  chart: { spec: { chart: traefik, version: 39.0.0 } }
  values: { logs: { general: { level: INFO } } }`,
      `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: shared, namespace: traefik }
spec: { headers: { stsSeconds: 31536000 } }`,
    ),
    broken: { 'middlewares: [{ name: immich }]': 'middlewares: [{ name: shared, namespace: traefik }]' },
  },
  check(inventory, report) {
    const all = traefiks(inventory);
    if (all.length === 0 || mayBeAnother(inventory) || all.some(allowsCrossing)) return;
    for (const { route, rule } of immichRoutes(inventory)) {
      const own = route.at('metadata', 'namespace').text;
      const references = ['middlewares', 'services'].flatMap((list) => rule.at(list).items);
      for (const reference of references) {
        const other = reference.at('namespace');
        // With the name of a provider the namespace is not looked at.
        const isPlain = reference.at('name').text?.includes('@') !== true;
        if (isPlain && own !== undefined && other.text !== undefined && other.text !== own) {
          report(other, {
            message: `Traefik is not allowed to look from namespace ${quote(own)} into ${quote(other.text)}; it drops this route, and the address answers with 404.`,
            fix: `Put the object into namespace ${quote(own)}, or set providers.kubernetesCRD.allowCrossNamespace: true in Traefik's values.`,
          });
        }
      }
    }
  },
};

/** Whether a Traefik of k3s, whose values are not read, may be the one that answers. */
function mayBeAnother(inventory: Inventory): boolean {
  return ['HelmChart', 'HelmChartConfig'].some((kind) =>
    inventory
      .all('helm.cattle.io', kind)
      .some((one) => /traefik/.test(one.at('metadata', 'name').text ?? '')),
  );
}

function allowsCrossing({ values, arguments: all, variables }: TraefikView): boolean {
  const value = values?.get('providers', 'kubernetesCRD', 'allowCrossNamespace');
  return (
    (value !== undefined && value !== false) ||
    all.some((argument) => isSwitch(argument)) ||
    variables.has('TRAEFIK_PROVIDERS_KUBERNETESCRD_ALLOWCROSSNAMESPACE')
  );
}

function isSwitch({ text }: Field): boolean {
  return /^--providers\.kubernetescrd\.allowcrossnamespace(?!=false)/i.test(text ?? '');
}
