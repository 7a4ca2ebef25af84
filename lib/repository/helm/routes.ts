import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import { enabledEntries } from './controller.ts';
import { type Release, Rendering } from './rendering.ts';
import { nameOfService, type TemplateService } from './services.ts';

/**
 * The Ingresses and the routes of Gateway API that the values ask for.
 * https://bjw-s-labs.github.io/helm-charts/docs/common-library/
 */
export function renderRoutes(
  release: Release,
  name: string,
  values: Field,
  services: readonly TemplateService[],
): Manifest[] {
  const ingresses = enabledEntries(values.at('ingress')).filter(
    // Before version 2 of the library an Ingress was made only for those who asked for it.
    ([, field]) => values.at('controllers').exists || field.get('enabled') === true,
  );
  const routes = enabledEntries(values.at('route'));
  const target = { name, services };
  return [
    ...ingresses.map(([id, field]) =>
      ingress(
        new Rendering(release, networking, 'Ingress', ownName(name, id, ingresses), field),
        field,
        target,
      ),
    ),
    ...routes.map(([id, field]) =>
      route(
        new Rendering(
          release,
          gateway,
          field.at('kind').text ?? 'HTTPRoute',
          ownName(name, id, routes),
          field,
        ),
        field,
        target,
      ),
    ),
  ];
}

const networking = 'networking.k8s.io/v1';
const gateway = 'gateway.networking.k8s.io/v1';

/** What routes lead to: the services of a release that is called so. */
interface Target {
  readonly name: string;
  readonly services: readonly TemplateService[];
}

function ownName(name: string, id: string, all: readonly (readonly [string, Field])[]): string {
  return all.length === 1 || id === 'main' ? name : `${name}-${id}`;
}

function ingress(rendering: Rendering, field: Field, target: Target): Manifest {
  annotations(rendering, field);
  const className = field.at('className').exists ? field.at('className') : field.at('ingressClassName');
  rendering.copy(['spec', 'ingressClassName'], className);
  rendering.copy(['spec', 'tls'], field.at('tls'));
  field.at('tls').items.forEach((tls, index) => {
    rendering.copy(['spec', 'tls', index], tls);
  });
  if (field.at('defaultBackend').exists) {
    rendering.copy(['spec', 'defaultBackend'], field.at('defaultBackend'));
    return rendering.manifest();
  }
  field.at('hosts').items.forEach((host, index) => {
    const rule = ['spec', 'rules', index];
    rendering.copy([...rule, 'host'], host.at('host'));
    host.at('paths').items.forEach((path, pathIndex) => {
      const at = [...rule, 'http', 'paths', pathIndex];
      rendering.copy([...at, 'path'], path.at('path'));
      rendering.put([...at, 'pathType'], path.at('pathType').text ?? 'Prefix', path);
      backend(rendering, [...at, 'backend', 'service'], path, path.at('service'), target, 'Ingress');
    });
  });
  return rendering.manifest();
}

function route(rendering: Rendering, field: Field, target: Target): Manifest {
  annotations(rendering, field);
  rendering.copy(['metadata', 'namespace'], field.at('namespaceOverride'));
  rendering.copy(['spec', 'parentRefs'], field.at('parentRefs'));
  rendering.copy(['spec', 'hostnames'], field.at('hostnames'));
  const rules = field.at('rules').items;
  // Without rules the only service takes everything:
  // https://github.com/bjw-s-labs/helm-charts/blob/main/charts/library/common/templates/lib/routes/_autoDetectService.tpl
  if (rules.length === 0 && target.services.length === 1) {
    backend(
      rendering,
      ['spec', 'rules', 0, 'backendRefs', 0],
      field,
      field.at('rules', 0),
      target,
      'HTTPRoute',
    );
  }
  rules.forEach((rule, index) => {
    const at = ['spec', 'rules', index];
    for (const setting of ['matches', 'filters', 'timeouts']) {
      rendering.copy([...at, setting], rule.at(setting));
    }
    rule.at('backendRefs').items.forEach((reference, referenceIndex) => {
      const path = [...at, 'backendRefs', referenceIndex];
      for (const setting of ['group', 'kind', 'namespace']) {
        rendering.copy([...path, setting], reference.at(setting));
      }
      backend(rendering, path, reference, reference, target, 'HTTPRoute');
    });
  });
  return rendering.manifest();
}

function annotations(rendering: Rendering, field: Field): void {
  for (const [annotation, entry] of field.at('annotations').entries) {
    rendering.copy(['metadata', 'annotations', annotation], entry);
  }
}

/**
 * The service and the port that requests go to. A service of the values is meant by its id; before version 3 of the
 * library by its `name` too, and where nothing was said it was the main one.
 */
function backend(
  rendering: Rendering,
  at: Path,
  around: Field,
  reference: Field,
  { name, services }: Target,
  kind: 'Ingress' | 'HTTPRoute',
): void {
  const written = reference.at('identifier').exists ? reference.at('identifier') : reference.at('name');
  const service = written.exists
    ? services.find(({ id }) => id === written.value)
    : (services.find(({ id }) => id === 'main') ?? (services.length === 1 ? services[0] : undefined));
  const from = written.exists ? written : around;
  rendering.put([...at, 'name'], service === undefined ? written.value : nameOfService(name, service), from);
  const port = reference.at('port');
  const number =
    port.number ??
    (port.exists ? service?.ports.find(({ id }) => id === port.value) : service?.ports[0])?.number ??
    port.value;
  const path = kind === 'HTTPRoute' ? ['port'] : ['port', typeof number === 'string' ? 'name' : 'number'];
  rendering.put([...at, ...path], number, port.exists ? port : from);
}
