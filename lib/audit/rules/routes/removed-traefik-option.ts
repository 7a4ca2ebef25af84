import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const removedTraefikOption: Rule = {
  id: 'removed-traefik-option',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A Traefik object uses what Traefik v3 no longer does, though Kubernetes still accepts it.',
  why: 'The CRDs of Traefik still hold options that version 3 no longer acts on, so that Kubernetes accepts them without a word. A redirect to HTTPS is then not made, and a middleware of a kind that is gone takes its whole route with it.',
  url: 'https://doc.traefik.io/traefik/migrate/v2-to-v3-details/',
  limits: 'Which Traefik runs is not known; it is taken for v3.',
  examples: {
    good: documents(
      server(''),
      `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: immich-headers, namespace: immich }
spec: { headers: { stsSeconds: 31536000 } }`,
    ),
    broken: {
      'stsSeconds: 31536000': 'sslRedirect: true',
    },
  },
  check(inventory, report) {
    for (const middleware of inventory.all('traefik.io', 'Middleware')) {
      if (concernsNamespace(inventory, middleware.at('metadata', 'namespace').text)) {
        for (const [option, instead] of Object.entries(removed)) {
          const field = middleware.at('spec', 'headers', option);
          if (field.exists) {
            report(field, { message: `Traefik v3 ignores headers.${option}.`, fix: instead });
          }
        }
        if (middleware.at('spec', 'ipWhiteList').exists) {
          report(middleware.at('spec', 'ipWhiteList'), {
            message: 'Traefik v3 knows ipWhiteList no more; the route is dropped.',
            fix: 'Write ipAllowList.',
          });
        }
      }
    }
    for (const kind of ['IngressRoute', 'Middleware']) {
      for (const object of inventory.all('traefik.containo.us', kind)) {
        if (concernsNamespace(inventory, object.at('metadata', 'namespace').text)) {
          report(object.at('apiVersion'), {
            message: `From v3 on Traefik does not look at the API group traefik.containo.us; this ${kind} then does nothing.`,
            fix: 'Write apiVersion: traefik.io/v1alpha1.',
            // Which version of Traefik reads it is not written here.
            severity: inventory.complete ? 'error' : 'warning',
          });
        }
      }
    }
  },
};

const removed = {
  sslRedirect: 'Use a redirectScheme middleware, or the redirection of the entry point.',
  sslTemporaryRedirect: 'Use a redirectScheme middleware.',
  sslHost: 'Use a redirectRegex middleware.',
  sslForceHost: 'Use a redirectRegex middleware.',
  featurePolicy: 'Write permissionsPolicy.',
};
