import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { type Controller, enabledEntries } from './controller.ts';
import { type ChartNames, selectorLabels } from './names.ts';
import { type Release, Rendering } from './rendering.ts';

/** A service as the values have it. */
export interface TemplateService {
  readonly id: string;
  readonly field: Field;
  /** The controller it is for; undefined when the values do not say. */
  readonly controller: string | undefined;
  readonly ports: readonly TemplatePort[];
}

/** A port of a service; the first container listens on its target. */
export interface TemplatePort {
  readonly id: string;
  readonly number: number | undefined;
  readonly target: Field;
  readonly field: Field;
}

/** The services of the values. */
export function servicesOf(values: Field): TemplateService[] {
  return enabledEntries(values.at('service')).map(([id, field]) => ({
    id,
    field,
    controller: field.at('controller').text,
    ports: enabledEntries(field.at('ports')).map(([portId, port]) => ({
      id: portId,
      number: port.at('port').number,
      target: port.at('targetPort'),
      field: port.at('port').exists ? port.at('port') : port,
    })),
  }));
}

/**
 * The services as objects. The library leaves the id out of the name for the only or primary one, by rules that
 * changed between its versions, so each service is known by both names.
 */
export function renderServices(
  release: Release,
  chart: ChartNames,
  services: readonly TemplateService[],
  controllers: readonly Controller[],
): Manifest[] {
  return services.flatMap((service) => {
    const controller = service.controller ?? (controllers.length === 1 ? controllers[0]?.id : undefined);
    const names = new Set([
      nameOfService(chart.full, service),
      ...(service === services.find((one) => mayBeUnnamed(one, services)) ? [chart.full] : []),
    ]);
    return [...names].map((own) => {
      const rendering = new Rendering(release, 'v1', 'Service', own, service.field);
      rendering.put(
        ['metadata', 'labels'],
        {
          'app.kubernetes.io/name': chart.label,
          'app.kubernetes.io/instance': chart.instance,
          'app.kubernetes.io/service': own,
        },
        service.field,
      );
      for (const [label, entry] of service.field.at('labels').entries) {
        rendering.copy(['metadata', 'labels', label], entry);
      }
      if (controller !== undefined) {
        rendering.put(['spec', 'selector'], selectorLabels(chart, controller), service.field);
      }
      service.ports.forEach((port, index) => {
        rendering.put(
          ['spec', 'ports', index],
          {
            name: port.id,
            ...(port.number === undefined ? {} : { port: port.number }),
            ...(port.target.exists ? { targetPort: port.target.value } : {}),
          },
          port.field,
        );
      });
      return rendering.manifest();
    });
  });
}

/** Whether a service may be called like the chart alone. */
function mayBeUnnamed({ id, field }: TemplateService, services: readonly TemplateService[]): boolean {
  const isPrimary = services.length === 1 || field.get('primary') === true || id === 'main';
  return isPrimary && !field.at('nameOverride').exists;
}

/** The longer one of a service's names. */
export function nameOfService(name: string, { id, field }: TemplateService): string {
  return `${name}-${field.at('nameOverride').text ?? id}`;
}
