import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immichDoors } from '../../../manifests/views/doors.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const smallBodyLimit: Rule = {
  id: 'small-body-limit',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Photos and videos that are larger than the limit of ingress-nginx for a request are refused.',
  why: 'The apps send a photo or a video in one request, and ingress-nginx refuses requests of more than one megabyte unless told otherwise. Nearly every upload then ends with "413 Request Entity Too Large", while the web pages look healthy.',
  url: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-max-body-size',
  limits: 'The configuration of the controller itself is known only where it is among what was read.',
  examples: {
    good: documents(
      server('ports: [{ name: http, containerPort: 2283 }]'),
      `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: immich
  namespace: immich
  annotations: { nginx.ingress.kubernetes.io/proxy-body-size: "0" }
spec:
  ingressClassName: nginx
  rules:
    - host: photos.example.com
      http: { paths: [{ path: /, backend: { service: { name: immich-server, port: { name: http } } } }] }`,
    ),
    broken: { 'proxy-body-size: "0"': 'proxy-body-size: 8m' },
  },
  check(inventory, report) {
    const ingresses = new Set(
      immichDoors(inventory).flatMap(({ route }) =>
        route.manifest.object.kind === 'Ingress' ? [route] : [],
      ),
    );
    for (const ingress of ingresses) {
      const annotations = ingress.at('metadata', 'annotations');
      const own = annotations.at('nginx.ingress.kubernetes.io/proxy-body-size');
      // Lines of nginx's own language may set it.
      if (
        annotations.entries.some(
          ([name, { text }]) =>
            /nginx.*-snippet$/.test(name) && (text === undefined || /client_max_body_size/.test(text)),
        )
      ) {
        continue;
      }
      const bytes = own.exists ? bytesOf(String(own.value)) : undefined;
      if (bytes !== undefined && bytes > 0 && bytes < least) {
        report(own, {
          message: `Uploads of more than ${String(own.value)} are refused; videos are larger.`,
          fix: 'Write "0", for no limit.',
        });
      }
      if (!own.exists && isOfNginx(ingress) && !isSetForAll(inventory)) {
        report(annotations.exists ? annotations : ingress.at('metadata'), {
          message:
            'Unless the controller is told otherwise, ingress-nginx refuses uploads of more than 1m, which is nearly every photo.',
          fix: 'Add the annotation nginx.ingress.kubernetes.io/proxy-body-size: "0".',
          // The controller of this class may be told so where nobody has read.
          ...(controllers(inventory).length > 0 ? {} : { severity: 'info' }),
        });
      }
    }
  },
};

/** A gigabyte: a video of a few minutes. */
const least = 1e9;

function isOfNginx(ingress: Field): boolean {
  const classes = [
    ingress.at('spec', 'ingressClassName').text,
    ingress.at('metadata', 'annotations', 'kubernetes.io/ingress.class').text,
  ];
  return (
    classes.some((one) => one !== undefined && /nginx/.test(one)) ||
    Object.keys(ingress.at('metadata', 'annotations').labels).some((name) =>
      name.startsWith('nginx.ingress.kubernetes.io/'),
    )
  );
}

function controllers(inventory: Inventory): Field[] {
  return inventory
    .all('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => /ingress-nginx$/.test(release.at('spec', 'chart', 'spec', 'chart').text ?? ''));
}

/** Whether a controller has a limit of its own for all, or settings that are not known. */
function isSetForAll(inventory: Inventory): boolean {
  return controllers(inventory).some(
    (release) =>
      release.at('spec', 'valuesFrom').items.length > 0 ||
      release.at('spec', 'values', 'controller', 'config', 'proxy-body-size').exists,
  );
}

/** A size as nginx writes it: `8m`, `50g`, or bytes. */
function bytesOf(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * (units[unit.toLowerCase()] ?? 1);
}

const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
