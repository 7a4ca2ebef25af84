import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { hostOf } from '../../../manifests/views/database-host.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { concerns, immich, repositoryOf } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { documents, server } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const imageGone: Rule = {
  id: 'image-gone',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'An image is asked for with a version that its makers have taken away.',
  why: 'Bitnami removed all versions but the newest from its free images in 2025. A node that has the image goes on; where the pod starts on another node, or the image was cleaned up, it cannot be pulled, and Immich stands without its Redis or database.',
  url: 'https://github.com/bitnami/charts/issues/36313',
  limits: 'No registry is asked; what is gone is known by what its makers announced.',
  examples: {
    good: documents(
      `apiVersion: v1
kind: Service
metadata: { name: immich-redis, namespace: immich }
spec: { selector: { app: immich-redis }, ports: [{ port: 6379 }] }`,
      `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: immich-redis, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-redis } }
    spec: { containers: [{ name: redis, image: docker.io/valkey/valkey:9.1-alpine }] }`,
      server('env: [{ name: REDIS_HOSTNAME, value: immich-redis }]'),
    ),
    broken: { 'docker.io/valkey/valkey:9.1-alpine': 'docker.io/bitnami/redis:7.2.4' },
  },
  check(inventory, report) {
    checkCharts(inventory, report);
    for (const workload of inventory.workloads.filter((one) => concerns(inventory, one))) {
      for (const { image } of workload.containers) {
        const text = image.text ?? '';
        const tag = /:([^:/@]+)(@|$)/.exec(text)?.[1];
        if (
          /^(docker\.io\/|registry-1\.docker\.io\/|index\.docker\.io\/)?bitnami\//.test(repositoryOf(text)) &&
          tag !== undefined &&
          tag !== 'latest'
        ) {
          report(image, {
            message: `Bitnami's free images have no versions any more, so that ${quote(tag)} cannot be pulled where it is not already.`,
            fix: 'Take an image of the project itself, such as docker.io/valkey/valkey:9.1-alpine.',
          });
        }
      }
    }
  },
};

/** Releases of charts of Bitnami's that give Immich its Redis or database, with the images that these charts ask for. */
function checkCharts(inventory: Inventory, report: Report): void {
  for (const release of inventory.all('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const values = release.at('spec', 'values');
    const chart = release.at('spec', 'chart', 'spec');
    const isKnown = release.at('spec', 'valuesFrom').items.length === 0;
    if (isKnown && isBitnamis(inventory, release) && isUsed(inventory, release) && !isMoved(values)) {
      report(chart.at('chart').exists ? chart.at('chart') : release.at('spec', 'chartRef'), {
        message: `This chart of Bitnami's asks for one version of an image, and the free images have none any more; it cannot be pulled where it is not already.`,
        fix: 'Take the image or chart of the project itself, such as docker.io/valkey/valkey:9.1-alpine.',
      });
    }
    if (isKnown && chart.get('chart') === 'immich') {
      checkRedis(chart.at('version').text, values, report);
    }
  }
  for (const application of inventory.all('argoproj.io', 'Application')) {
    const spec = application.at('spec');
    for (const source of [spec.at('source'), ...spec.at('sources').items]) {
      if (source.get('chart') === 'immich') {
        checkRedis(source.at('targetRevision').text, source.at('helm', 'valuesObject'), report);
      }
    }
  }
}

/** Before 0.10 Immich's own chart brought Redis from there. */
function checkRedis(version: string | undefined, values: Field, report: Report): void {
  const redis = values.at('redis');
  const minor = /^v?0\.(\d+)\./.exec(version ?? '')?.[1];
  if (minor !== undefined && Number(minor) < 10 && redis.get('enabled') === true && !isMoved(redis)) {
    report(redis.at('enabled'), {
      message:
        "The Redis of this chart is Bitnami's, whose free images have no versions any more; it cannot be pulled where it is not already.",
      fix: 'Take chart 0.10 or newer with valkey.enabled: true, or a Valkey of your own.',
    });
  }
}

/** Whether another image is asked for than that of the chart. */
function isMoved(values: Field): boolean {
  return (
    values.at('image').exists || ['imageRegistry', 'security'].some((key) => values.at('global', key).exists)
  );
}

function isBitnamis(inventory: Inventory, release: Field): boolean {
  const source = release.at('spec', 'chart', 'spec', 'sourceRef', 'name').text;
  const reference = release.at('spec', 'chartRef', 'name').text;
  const urls = [
    ...inventory
      .all('source.toolkit.fluxcd.io', 'HelmRepository')
      .filter((one) => one.get('metadata', 'name') === source),
    ...inventory
      .all('source.toolkit.fluxcd.io', 'OCIRepository')
      .filter((one) => one.get('metadata', 'name') === reference),
  ].flatMap((one) => one.at('spec', 'url').text ?? []);
  return urls.length > 0
    ? urls.some((url) => /bitnami/.test(url) && !/bitnamilegacy|bitnamisecure/.test(url))
    : source !== undefined && /^bitnami(-charts)?$/.test(source);
}

/** Whether a server of Immich connects to what the release makes, by its name. */
function isUsed(inventory: Inventory, release: Field): boolean {
  const name = release.at('spec', 'releaseName').text ?? release.at('metadata', 'name').text ?? '';
  const namespace = release.at('spec', 'targetNamespace').text ?? release.at('metadata', 'namespace').text;
  return immich(inventory).containers.some(({ workload, container }) =>
    ['REDIS_HOSTNAME', 'DB_HOSTNAME'].some((variable) => {
      const { value } = environment(inventory, workload, container).get(variable) ?? {};
      const host = value === undefined ? undefined : hostOf(value, workload.namespace);
      return (
        host !== undefined &&
        host.namespace === namespace &&
        (host.name === name ||
          /^-(redis|valkey|postgresql)?-?(master|primary|headless|ha)?$/.test(
            host.name.slice(name.length),
          )) &&
        host.name.startsWith(name)
      );
    }),
  );
}
