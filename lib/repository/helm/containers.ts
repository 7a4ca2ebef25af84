import { type Field, isMapping } from '../../manifests/field.ts';
import type { Path } from '../../text/path.ts';
import type { Rendering } from './rendering.ts';
import type { TemplateService } from './services.ts';

/** What a container gets from elsewhere in the values. */
export interface Surroundings {
  readonly controller: string;
  /** The volumes mounted into the container of that id. */
  readonly mounts: (container: string) => readonly TemplateMount[];
  readonly services: readonly TemplateService[];
}

/** A mount as the values have it. */
export interface TemplateMount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** The file or folder of the volume that is mounted; undefined for the whole. */
  readonly subPath: string | undefined;
  /** Where its path is written, or what it follows from. */
  readonly field: Field;
}

/** Writes the containers of a controller into a pod's spec. */
export function renderContainers(
  rendering: Rendering,
  at: Path,
  name: string,
  containers: readonly (readonly [string, Field])[],
  surroundings: Surroundings,
): void {
  containers.forEach(([id, field], index) => {
    const path = [...at, index];
    rendering.put([...path, 'name'], id === 'main' ? name : id, field);
    image(rendering, [...path, 'image'], field.at('image'));
    for (const setting of ['command', 'args', 'resources', 'restartPolicy']) {
      rendering.copy([...path, setting], field.at(setting));
    }
    for (const [setting, entry] of field.at('securityContext').entries) {
      rendering.copy([...path, 'securityContext', setting], entry);
    }
    environment(rendering, [...path, 'env'], field.at('env'));
    environmentFrom(rendering, [...path, 'envFrom'], field.at('envFrom'), name);
    surroundings.mounts(id).forEach((mount, mountIndex) => {
      const mountPath = [...path, 'volumeMounts', mountIndex];
      rendering.put(
        mountPath,
        {
          name: mount.volume,
          mountPath: mount.path,
          readOnly: mount.readOnly,
          ...(mount.subPath === undefined ? {} : { subPath: mount.subPath }),
        },
        mount.field,
      );
    });
    ports(rendering, [...path, 'ports'], field.at('ports'), index === 0 ? surroundings.services : []);
    probes(rendering, path, field.at('probes'), surroundings.services);
  });
}

function image(rendering: Rendering, path: Path, field: Field): void {
  if (field.text !== undefined) {
    rendering.copy(path, field);
    return;
  }
  const repository = field.at('repository').text;
  if (repository === undefined) {
    return;
  }
  const registry = field.at('registry').text;
  const tag = field.get('tag');
  const digest = field.at('digest').text ?? field.at('sha').text;
  const text = [
    registry === undefined ? '' : `${registry}/`,
    repository,
    tag === undefined || tag === null ? '' : `:${String(tag)}`,
    digest === undefined ? '' : `@${digest}`,
  ].join('');
  rendering.put(path, text, field.at('tag').exists ? field.at('tag') : field);
}

/** A mapping of names to values, or to where they come from; or a list as Kubernetes has it. */
function environment(rendering: Rendering, path: Path, field: Field): void {
  const variables: [string, Field][] =
    field.items.length > 0
      ? field.items.flatMap((item) =>
          item.at('name').text === undefined ? [] : [[item.at('name').text ?? '', item]],
        )
      : field.entries;
  variables.forEach(([name, entry], index) => {
    // The variable as a whole has a place too.
    rendering.put([...path, index], {}, entry);
    rendering.put([...path, index, 'name'], name, entry);
    if (!isMapping(entry.value)) {
      rendering.put([...path, index, 'value'], entry.value === null ? '' : String(entry.value), entry);
      return;
    }
    rendering.copy([...path, index, 'value'], entry.at('value'));
    const source = entry.at('valueFrom').exists ? entry.at('valueFrom') : entry;
    for (const kind of ['secretKeyRef', 'configMapKeyRef']) {
      for (const setting of ['name', 'key', 'optional']) {
        rendering.copy([...path, index, 'valueFrom', kind, setting], source.at(kind, setting));
      }
    }
    rendering.copy([...path, index, 'valueFrom', 'fieldRef'], source.at('fieldRef'));
  });
}

function environmentFrom(rendering: Rendering, path: Path, field: Field, name: string): void {
  field.items.forEach((item, index) => {
    for (const [short, reference] of [
      ['secret', 'secretRef'],
      ['config', 'configMapRef'],
    ] as const) {
      rendering.copy([...path, index, reference, 'name'], item.at(reference, 'name'));
      rendering.copy([...path, index, reference, 'optional'], item.at(reference, 'optional'));
      const own = item.at(reference, 'identifier');
      rendering.copy([...path, index, reference, 'name'], item.at(short));
      if (own.text !== undefined) {
        rendering.put([...path, index, reference, 'name'], `${name}-${own.text}`, own);
      }
    }
    rendering.copy([...path, index, 'prefix'], item.at('prefix'));
  });
}

/** The first container listens on the ports of the controller's services, besides those it lists itself. */
function ports(rendering: Rendering, path: Path, field: Field, services: readonly TemplateService[]): void {
  const listed = field.items.map((item) => ({
    name: item.at('name').text,
    number: item.at('containerPort').number,
    field: item,
  }));
  const served = services.flatMap((service) =>
    service.ports.map((port) => ({
      name: port.id,
      number: port.target.number ?? port.number,
      field: port.field,
    })),
  );
  const names = new Set(listed.map(({ name }) => name));
  [...listed, ...served.filter(({ name }) => !names.has(name))].forEach((port, index) => {
    rendering.put(
      [...path, index],
      {
        ...(port.name === undefined ? {} : { name: port.name }),
        ...(port.number === undefined ? {} : { containerPort: port.number }),
      },
      port.field,
    );
  });
}

/**
 * A probe is off until it is switched on. Only a custom one is written as Kubernetes has it; of another the library takes
 * four numbers, and asks at the first port of the controller's service.
 * https://github.com/bjw-s-labs/helm-charts/blob/main/charts/library/common/templates/lib/container/fields/_probes.tpl
 */
function probes(rendering: Rendering, path: Path, field: Field, services: readonly TemplateService[]): void {
  for (const [type, name] of [
    ['startup', 'startupProbe'],
    ['readiness', 'readinessProbe'],
    ['liveness', 'livenessProbe'],
  ] as const) {
    const probe = field.at(type);
    if (probe.get('enabled') !== true) {
      continue;
    }
    if (probe.get('custom') === true) {
      for (const [setting, entry] of probe.at('spec').entries) {
        rendering.copy([...path, name, setting], entry);
        for (const [detail, value] of entry.entries) {
          rendering.copy([...path, name, setting, detail], value);
        }
      }
    } else {
      libraryProbe(rendering, [...path, name], probe, services);
    }
  }
}

function libraryProbe(
  rendering: Rendering,
  at: Path,
  probe: Field,
  services: readonly TemplateService[],
): void {
  const [first] = services.flatMap((service) => service.ports);
  if (first === undefined) {
    return;
  }
  const type = probe.at('type').text ?? 'TCP';
  const isHttp = ['HTTP', 'HTTPS'].includes(type) || (type === 'AUTO' && probe.at('path').exists);
  const handler = isHttp ? 'httpGet' : type === 'GRPC' ? 'grpc' : 'tcpSocket';
  if (isHttp) {
    rendering.copy([...at, handler, 'path'], probe.at('path'));
  }
  const port = probe.at('port');
  const target = first.target.exists ? first.target : first.field;
  rendering.put(
    [...at, handler, 'port'],
    port.exists ? port.value : (first.target.value ?? first.number),
    port.exists ? port : target,
  );
  for (const [setting, standard] of Object.entries(probeDefaults)) {
    const written = probe.at('spec', setting);
    rendering.put([...at, setting], written.value ?? standard, written.exists ? written : probe);
  }
}

const probeDefaults = { initialDelaySeconds: 0, failureThreshold: 3, timeoutSeconds: 1, periodSeconds: 10 };
