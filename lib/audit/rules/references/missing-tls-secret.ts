import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';
import { certificateNames, covers } from '../../views/certificate.ts';
import { securedHosts } from '../../views/secured.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingTlsSecret: Rule = {
  id: 'missing-tls-secret',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route names a TLS secret that is not in its namespace.',
  why: "A route can read only secrets of its own namespace. When the certificate's secret is elsewhere or missing, Traefik serves a self-signed certificate, which the mobile apps refuse.",
  url: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/',
  examples: {
    good: `
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec:
  secretName: immich-tls
  dnsNames: [photos.example.com]
  issuerRef: { kind: ClusterIssuer, name: letsencrypt-prod }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  routes:
    - { kind: Rule, match: Host(\`photos.example.com\`), services: [{ name: immich-server, port: 2283 }] }
  tls: { secretName: immich-tls }
`,
    broken: {
      [`kind: Certificate
metadata: { name: immich, namespace: immich }`]: `kind: Certificate
metadata: { name: immich, namespace: cert-manager }`,
    },
  },
  check(inventory, report) {
    if (!inventory.complete) {
      checkNames(inventory, report);
    }
    for (const route of inventory.all('traefik.io', 'IngressRoute')) {
      checkSecret(inventory, route, route.at('spec', 'tls', 'secretName'), report);
    }
    for (const ingress of inventory.all('networking.k8s.io', 'Ingress')) {
      // cert-manager makes the secret itself: https://cert-manager.io/docs/usage/ingress/
      const annotations = ingress.at('metadata', 'annotations').labels;
      if (!Object.keys(annotations).some((annotation) => annotation.startsWith('cert-manager.io/'))) {
        for (const tls of ingress.at('spec', 'tls').items) {
          checkSecret(inventory, ingress, tls.at('secretName'), report);
        }
      }
    }
  },
};

/**
 * A certificate that is made for a host of Immich's and written to another secret than the route reads. That one may have
 * been made by hand, so that it is likely and not certain.
 */
function checkNames(inventory: Inventory, report: Report): void {
  const certificates = inventory.all('cert-manager.io', 'Certificate');
  for (const { secrets, namespace, hosts } of securedHosts(inventory)) {
    const [secret, ...others] = secrets;
    const [host] = hosts.flatMap(({ host: field, names }) =>
      concernsNamespace(inventory, field.manifest.object.metadata?.namespace) ? names : [],
    );
    if (
      secret?.text === undefined ||
      others.length > 0 ||
      host === undefined ||
      isUnknown(`${secret.text}${host}`) ||
      inventory.find('', 'Secret', namespace, secret.text) !== undefined
    ) {
      continue;
    }
    const meant = certificates.find(
      (one) =>
        one.at('metadata', 'namespace').text === namespace &&
        certificateNames(one)?.some((name) => covers(name, host)) === true,
    );
    const written = meant?.at('spec', 'secretName').text;
    if (written !== undefined && !isUnknown(written)) {
      report(secret, {
        message: `Nothing here makes secret ${quote(secret.text)}; the certificate for ${host} goes to secret ${quote(written)}, and browsers get a self-signed one.`,
        fix: `Write ${quote(written)}.`,
        severity: 'warning',
      });
    }
  }
}

function checkSecret(inventory: Inventory, route: Field, name: Field, report: Report): void {
  const namespace = route.at('metadata', 'namespace').text;
  const elsewhere = inventory
    .all('cert-manager.io', 'Certificate')
    .find(
      (certificate) =>
        name.exists &&
        certificate.get('spec', 'secretName') === name.value &&
        certificate.at('metadata', 'namespace').text !== namespace,
    );
  if (
    elsewhere !== undefined &&
    namespace !== undefined &&
    elsewhere.at('metadata', 'namespace').exists &&
    // Traefik then serves the certificate of its default store, which the other one may be for.
    !hasDefaultStore(inventory) &&
    // Reflector and its like copy secrets that ask for it.
    !elsewhere.at('spec', 'secretTemplate').exists &&
    inventory.find('', 'Secret', namespace, name.text ?? '') === undefined
  ) {
    const other = elsewhere.at('metadata', 'namespace').text;
    report(name, {
      message: `The certificate puts secret ${quote(name.text)} into namespace ${quote(other)}, but the route can only read namespace ${quote(namespace)}; browsers get a self-signed certificate.`,
      fix: `Put the Certificate into namespace ${quote(namespace)}.`,
    });
  } else if (concernsNamespace(inventory, namespace) && !hasDefaultStore(inventory)) {
    resolve(inventory, report, {
      name,
      apiGroup: '',
      kind: 'Secret',
      namespace,
      consequence: 'browsers get a self-signed certificate',
    });
  }
}

/** https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tls/tlsstore/ */
function hasDefaultStore(inventory: Inventory): boolean {
  return inventory.all('traefik.io', 'TLSStore').some((store) => store.get('metadata', 'name') === 'default');
}
