import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import { renderContainers } from './containers.ts';
import { type Controller, controllersOf, enabledEntries } from './controller.ts';
import { type ChartNames, chartNames, selectorLabels } from './names.ts';
import { claimMounts, claimTemplates, mounts, renderClaims, volumes } from './persistence.ts';
import { type Release, Rendering } from './rendering.ts';
import { renderRoutes } from './routes.ts';
import { renderServices, servicesOf, type TemplateService } from './services.ts';

/**
 * The objects that the common library of bjw-s makes of values, as app-template and the official chart of Immich
 * use it: workloads, services, routes, claims and config maps. Everything else it can make is left out.
 * https://bjw-s-labs.github.io/helm-charts/docs/common-library/
 *
 * @param chart What the chart is called where its values do not say.
 */
export function renderCommon(release: Release, chart: string, values: Field): Manifest[] {
  const names = chartNames(release, values, chart);
  const name = names.full;
  const services = servicesOf(values);
  const controllers = controllersOf(values);
  return [
    ...controllers.map((controller) =>
      renderController(release, names, values, controller, controllers.length === 1, services),
    ),
    ...renderServices(release, names, services, controllers),
    ...renderRoutes(release, name, values, services),
    ...renderClaims(release, name, values),
    ...renderData(release, name, values.at('configMaps'), 'ConfigMap'),
    ...renderData(release, name, values.at('secrets'), 'Secret'),
  ];
}

function renderController(
  release: Release,
  chart: ChartNames,
  values: Field,
  controller: Controller,
  isOnly: boolean,
  services: readonly TemplateService[],
): Manifest {
  const { id, field } = controller;
  const name = chart.full;
  const kind = kinds[(field.at('type').text ?? 'deployment').toLowerCase()] ?? 'Deployment';
  const around = field.exists ? field : values;
  const rendering = new Rendering(
    release,
    kind === 'CronJob' || kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    isOnly ? name : `${name}-${id}`,
    around,
  );
  const template = kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
  const spec = [...template, 'spec'];
  rendering.copy(['spec', 'replicas'], field.at('replicas'));
  if (kind === 'Deployment') {
    // Recreate is the library's own default.
    const strategy = field.at('strategy');
    rendering.put(['spec', 'strategy', 'type'], strategy.text ?? 'Recreate', strategy);
  }
  rendering.put([...template, 'metadata', 'labels'], selectorLabels(chart, id), around);
  for (const labels of controller.pod.map((pod) => pod.at('labels')).reverse()) {
    for (const [label, entry] of labels.entries) {
      rendering.copy([...template, 'metadata', 'labels', label], entry);
    }
  }
  rendering.copy([...spec, 'serviceAccountName'], field.at('serviceAccount', 'name'));
  for (const setting of [
    'hostNetwork',
    'hostPID',
    'hostIPC',
    'enableServiceLinks',
    'automountServiceAccountToken',
    'nodeSelector',
    'affinity',
    'runtimeClassName',
    'resourceClaims',
    'topologySpreadConstraints',
  ]) {
    for (const option of optionsOf(controller, setting)) {
      option.entries.length === 0
        ? rendering.copy([...spec, setting], option)
        : copyEntries(rendering, [...spec, setting], option);
    }
  }
  for (const security of optionsOf(controller, controller.podSecurity)) {
    copyEntries(rendering, [...spec, 'securityContext'], security);
  }
  volumes(rendering, [...spec, 'volumes'], name, values, id);
  const templates = kind === 'StatefulSet' ? controller.claimTemplates.items : [];
  claimTemplates(rendering, ['spec', 'volumeClaimTemplates'], templates);
  for (const list of ['initContainers', 'containers'] as const) {
    renderContainers(rendering, [...spec, list], name, controller[list], {
      controller: id,
      mounts: (container) => [...mounts(values, id, container), ...claimMounts(templates, container)],
      services:
        list === 'containers'
          ? services.filter((service) => service.controller === id || service.controller === undefined)
          : [],
    });
  }
  return rendering.manifest();
}

const kinds: Readonly<Record<string, string>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  cronjob: 'CronJob',
  job: 'Job',
};

/** The settings of a pod that hold, each laid over the one before. */
function optionsOf({ pod, mergesPods }: Controller, setting: string): Field[] {
  const given = pod.map((field) => field.at(setting)).filter((field) => field.exists);
  return given.slice(0, mergesPods ? undefined : 1).reverse();
}

function copyEntries(rendering: Rendering, path: Path, field: Field): void {
  for (const [key, entry] of field.entries) {
    rendering.copy([...path, key], entry);
  }
}

/** The library leaves the id out of the name of the only one, but did not always: that one is known by both names. */
function renderData(release: Release, name: string, maps: Field, kind: 'ConfigMap' | 'Secret'): Manifest[] {
  const all = enabledEntries(maps);
  return all.flatMap(([id, map]) =>
    dataNames(name, id, map, all.length === 1).map((own) => {
      const rendering = new Rendering(release, 'v1', kind, own, map);
      for (const list of ['data', 'stringData']) {
        for (const [key, entry] of map.at(list).entries) {
          rendering.copy([list, key], entry);
        }
      }
      return rendering.manifest();
    }),
  );
}

function dataNames(name: string, id: string, map: Field, isOnly: boolean): string[] {
  const forced = map.at('forceRename').text;
  const own = `${name}-${map.at('nameOverride').text ?? map.at('suffix').text ?? id}`;
  return forced === undefined ? [own, ...(isOnly ? [name] : [])] : [forced];
}
