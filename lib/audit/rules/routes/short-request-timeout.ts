import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { serverServices } from '../../../manifests/views/routes.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const shortRequestTimeout: Rule = {
  id: 'short-request-timeout',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Envoy ends downloads from Immich that take longer than fifteen seconds.',
  why: 'Unless a route says otherwise, Envoy gives an answer fifteen seconds from the end of the request to its last byte. A video or an archive that takes longer over a slow connection is cut off at that point each time, and nothing in the logs of Immich tells of it.',
  url: 'https://gateway.envoyproxy.io/docs/tasks/traffic/http-timeouts/',
  limits: 'A policy of the gateway that is not among what was read may set another limit.',
  examples: {
    good: documents(
      server('ports: [{ name: http, containerPort: 2283 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
      `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: external, namespace: network }
spec: { gatewayClassName: envoy, listeners: [{ name: http, protocol: HTTP, port: 80 }] }`,
      `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec:
  parentRefs: [{ name: external, namespace: network }]
  rules:
    - backendRefs: [{ name: immich-server, port: 2283 }]
      timeouts: { request: 0s }`,
    ),
    broken: { 'timeouts: { request: 0s }': '' },
  },
  check(inventory, report) {
    const services = serverServices(inventory);
    for (const route of inventory.all('gateway.networking.k8s.io', 'HTTPRoute')) {
      const namespace = route.at('metadata', 'namespace').text;
      const parents = route.at('spec', 'parentRefs').items;
      const isEnvoys = parents.map((parent) => isOfEnvoy(inventory, parent, namespace));
      if (!isEnvoys.some((one) => one !== false) || isSetByPolicy(inventory, route)) continue;
      for (const rule of route.at('spec', 'rules').items) {
        const isImmichs = rule
          .at('backendRefs')
          .items.some((backend) =>
            services.has(`${backend.at('namespace').text ?? namespace ?? ''}/${String(backend.get('name'))}`),
          );
        const written = rule.at('timeouts', 'request');
        const seconds = written.exists ? secondsOf(written.text ?? '') : standardSeconds;
        if (isImmichs && seconds !== undefined && seconds > 0 && seconds < enough) {
          report(written.exists ? written : rule, {
            message: `Envoy ends an answer after ${seconds} s; videos and archives that take longer to download are cut off.`,
            fix: 'Write timeouts: { request: 0s } in this rule, for no limit.',
            // The policy of a gateway that was not read may say it for all its routes.
            ...(isEnvoys.includes(true) ? {} : { severity: 'info' }),
          });
        }
      }
    }
  },
};

/** Seconds: https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts#route-timeouts */
const standardSeconds = 15;
const enough = 300;

/** Whether a gateway is Envoy Gateway's; undefined where only its name says so. */
function isOfEnvoy(inventory: Inventory, parent: Field, own: string | undefined): boolean | undefined {
  if ((parent.at('kind').text ?? 'Gateway') !== 'Gateway') return false;
  const gateway = inventory
    .all('gateway.networking.k8s.io', 'Gateway')
    .find(
      (one) =>
        one.get('metadata', 'name') === parent.get('name') &&
        one.at('metadata', 'namespace').text === (parent.at('namespace').text ?? own),
    );
  const name = gateway?.at('spec', 'gatewayClassName').text;
  if (name === undefined) {
    return /envoy/.test(parent.at('name').text ?? '') ? undefined : false;
  }
  const controller = inventory
    .all('gateway.networking.k8s.io', 'GatewayClass')
    .find((one) => one.get('metadata', 'name') === name)
    ?.at('spec', 'controllerName').text;
  return controller === undefined
    ? /^(envoy|eg)\b/.test(name)
    : controller.startsWith('gateway.envoyproxy.io/');
}

/** Whether a policy gives a timeout to the route or to its gateways, or may do so. */
function isSetByPolicy(inventory: Inventory, route: Field): boolean {
  const parents = route.at('spec', 'parentRefs').items.map((parent) => parent.get('name'));
  return inventory.all('gateway.envoyproxy.io', 'BackendTrafficPolicy').some((policy) => {
    const spec = policy.at('spec');
    const targets = [spec.at('targetRef'), ...spec.at('targetRefs').items].filter((one) => one.exists);
    const isMeant =
      targets.length === 0 ||
      spec.at('targetSelectors').items.length > 0 ||
      targets.some(
        (target) =>
          target.get('name') === route.get('metadata', 'name') || parents.includes(target.get('name')),
      );
    return isMeant && (!spec.exists || spec.at('timeout', 'http', 'requestTimeout').exists);
  });
}

/** A duration of Gateway API: https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
function secondsOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)(h|ms|m|s)/g)];
  return parts.length === 0 || parts.map(([part]) => part).join('') !== text
    ? undefined
    : parts.reduce((sum, [, number, unit = 's']) => sum + Number(number) * (seconds[unit] ?? 1), 0);
}

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
