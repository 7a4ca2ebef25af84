import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { renderContainers } from './containers.ts';
import { type Controller, controllersOf, enabled, selectorLabels } from './controller.ts';
import { mounts, renderClaims, volumes } from './persistence.ts';
import { type Release, Rendering } from './rendering.ts';
import { renderRoutes } from './routes.ts';
import { renderServices, servicesOf, type TemplateService } from './services.ts';

/**
 * The objects that the common library of bjw-s makes of values, as app-template and the official chart of Immich
 * use it: workloads, services, routes, claims and config maps. Everything else it can make is left out.
 * https://bjw-s-labs.github.io/helm-charts/docs/common-library/
 */
export function renderCommon(release: Release, name: string, values: Field): Manifest[] {
  const services = servicesOf(values);
  const controllers = controllersOf(values);
  return [
    ...controllers.map((controller) =>
      renderController(release, name, values, controller, controllers.length === 1, services),
    ),
    ...renderServices(release, name, services, controllers),
    ...renderRoutes(release, name, values, services),
    ...renderClaims(release, name, values),
    ...renderData(release, name, values.at('configMaps'), 'ConfigMap'),
    ...renderData(release, name, values.at('secrets'), 'Secret'),
  ];
}

function renderController(
  release: Release,
  name: string,
  values: Field,
  controller: Controller,
  isOnly: boolean,
  services: readonly TemplateService[],
): Manifest {
  const { id, field } = controller;
  const kind = KINDS[(field.at('type').text ?? 'deployment').toLowerCase()] ?? 'Deployment';
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
  rendering.put([...template, 'metadata', 'labels'], selectorLabels(name, id), around);
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
  ]) {
    rendering.copy([...spec, setting], firstOf(controller.pod, setting));
  }
  const security = firstOf(controller.pod, controller.podSecurity);
  for (const [setting, entry] of security.entries) {
    rendering.copy([...spec, 'securityContext', setting], entry);
  }
  volumes(rendering, [...spec, 'volumes'], name, values);
  for (const list of ['initContainers', 'containers'] as const) {
    renderContainers(rendering, [...spec, list], name, controller[list], {
      controller: id,
      mounts: (container) => mounts(values, id, container),
      services:
        list === 'containers'
          ? services.filter((service) => service.controller === id || service.controller === undefined)
          : [],
    });
  }
  return rendering.manifest();
}

const KINDS: Readonly<Record<string, string>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  cronjob: 'CronJob',
  job: 'Job',
};

function firstOf([first, ...others]: Controller['pod'], setting: string): Field {
  return [first, ...others].find((field) => field.at(setting).exists)?.at(setting) ?? first.at(setting);
}

function renderData(release: Release, name: string, maps: Field, kind: 'ConfigMap' | 'Secret'): Manifest[] {
  return enabled(maps).flatMap(([id, map]) =>
    [`${name}-${id}`, name].map((own) => {
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
