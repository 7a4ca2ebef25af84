import type { Field } from '../../../manifests/field.ts';
import { immichEntryPoints } from '../../../manifests/views/routes.ts';
import { type TraefikView, traefiks } from '../../../manifests/views/traefik.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const shortReadTimeout: Rule = {
  id: 'short-read-timeout',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Traefik ends uploads to Immich that take longer than a minute.',
  why: 'Since v2.11.2 Traefik gives a request 60 seconds from its first byte to its last. The apps send a photo or a video in one request, so that a large video over a slow connection is cut off each time, and its backup starts again from the beginning.',
  url: 'https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/',
  examples: {
    good: documents(
      server('ports: [{ name: http, containerPort: 2283 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
      `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  entryPoints: [websecure]
  routes: [{ kind: Rule, match: Host(\`photos.example.com\`), services: [{ name: immich-server, port: http }] }]`,
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: traefik, namespace: traefik }
spec:
  chart: { spec: { chart: traefik, version: 39.0.0 } }
  values:
    ports: { websecure: { transport: { respondingTimeouts: { readTimeout: 600s } } } }`,
    ),
    broken: { 'transport: { respondingTimeouts: { readTimeout: 600s } }': 'port: 8443' },
  },
  check(inventory, report) {
    const entryPoints = immichEntryPoints(inventory);
    for (const traefik of entryPoints.size === 0 ? [] : traefiks(inventory)) {
      for (const entryPoint of entryPoints) {
        const { field, seconds } = readTimeout(traefik, entryPoint);
        if (seconds !== undefined && seconds > 0 && seconds < enough) {
          report(field, {
            message: `Traefik ends a request to entry point ${quote(entryPoint)} that takes longer than ${seconds} s to arrive; large uploads over slow connections never get through.`,
            fix: 'Set transport.respondingTimeouts.readTimeout of this entry point to 600s or more, or to 0s for no limit.',
          });
        }
      }
    }
  },
};

/** Seconds, as Immich's documentation gives other proxies. */
const enough = 600;

/** Since Traefik v2.11.2 and v3.0: https://doc.traefik.io/traefik/migrate/v2/#v2112 */
const standardSeconds = 60;

/** The first chart that has it in every version. */
const firstChart = 28;

/** How long a request may take to arrive, where that is known, and where it is written or should be. */
function readTimeout(
  traefik: TraefikView,
  entryPoint: string,
): { readonly field: Field; readonly seconds: number | undefined } {
  const own = traefik.values?.at('ports', entryPoint);
  const written = own?.at('transport', 'respondingTimeouts', 'readTimeout');
  if (written?.exists) {
    return { field: written, seconds: secondsOf(String(written.value)) };
  }
  const name = `entrypoints.${entryPoint}.transport.respondingtimeouts.readtimeout`;
  for (const argument of traefik.arguments) {
    const [key = '', value = ''] = (argument.text ?? '').split('=');
    if (key.toLowerCase() === `--${name}`) {
      return { field: argument, seconds: secondsOf(value) };
    }
  }
  const variable = traefik.variables.get(`TRAEFIK_${name.replaceAll('.', '_').toUpperCase()}`);
  if (variable !== undefined) {
    return { field: variable, seconds: secondsOf(String(variable.value ?? '')) };
  }
  const hasDefault = traefik.chart === undefined || traefik.chart >= firstChart;
  return { field: own?.exists ? own : traefik.settings, seconds: hasDefault ? standardSeconds : undefined };
}

/** A duration as Traefik reads it: with units, or a number of seconds. */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  return parts.length === 0 || parts.map(([part]) => part).join('') !== text
    ? undefined
    : parts.reduce((sum, [, number, unit = 's']) => sum + Number(number) * (seconds[unit] ?? 1), 0);
}

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
