import type { Field } from '../../manifests/field.ts';
import type { Manifest, Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import type { TemplateMount } from './containers.ts';
import { enabledEntries } from './controller.ts';
import { type Release, Rendering } from './rendering.ts';

/** Writes the volumes of `persistence` that a controller has into its pod's spec. */
export function volumes(
  rendering: Rendering,
  path: Path,
  name: string,
  values: Field,
  controller: string,
): void {
  const own = entries(values).filter(([, field]) => isOf(field, controller));
  own.forEach(([id, field], index) => {
    rendering.put([...path, index, 'name'], id, field);
    const existing = field.at('existingClaim');
    switch (typeOf(field)) {
      case 'persistentVolumeClaim':
        rendering.put(
          [...path, index, 'persistentVolumeClaim', 'claimName'],
          existing.text ?? claimName(name, id, field),
          existing.exists ? existing : field,
        );
        break;
      case 'nfs':
        rendering.put(
          [...path, index, 'nfs'],
          { server: field.get('server'), path: field.get('path') },
          field.at('type'),
        );
        break;
      case 'hostPath':
        rendering.put([...path, index, 'hostPath'], { path: field.get('hostPath') }, field.at('type'));
        break;
      case 'configMap':
        source(rendering, [...path, index, 'configMap'], 'name', name, field);
        break;
      case 'secret':
        source(rendering, [...path, index, 'secret'], 'secretName', name, field);
        break;
      case 'custom':
        for (const [kind, volume] of field.at('volumeSpec').entries) {
          rendering.copy([...path, index, kind], volume);
        }
        break;
      // What a type that is not known here makes is at least no emptyDir.
      default:
        rendering.put([...path, index, typeOf(field)], {}, field);
    }
  });
}

/** Whether a controller has a volume: one with `advancedMounts` alone belongs to those that are named there. */
function isOf(field: Field, controller: string): boolean {
  const advanced = field.at('advancedMounts');
  return !advanced.exists || field.at('globalMounts').exists || advanced.at(controller).exists;
}

/** The mounts of a container: global ones, and those meant for it alone. */
export function mounts(values: Field, controller: string, container: string): TemplateMount[] {
  return entries(values).flatMap(([id, field]) => {
    const advanced = field.at('advancedMounts');
    const globals = field.at('globalMounts');
    const own = advanced.at(controller, container).items;
    if (advanced.exists || globals.exists) {
      return [...globals.items, ...own].map((item) => mount(id, item, item.at('path')));
    }
    // Without any mounts the library mounts the volume everywhere, by its own name.
    const path = field.at('mountPath');
    return path.text === '-' ? [] : [mount(id, field, path)];
  });
}

/**
 * The claims that a StatefulSet makes for each of its pods.
 * https://bjw-s-labs.github.io/helm-charts/docs/common-library/resources/controllers/
 */
export function claimTemplates(rendering: Rendering, path: Path, templates: readonly Field[]): void {
  templates.forEach((field, index) => {
    const at = [...path, index];
    rendering.put([...at, 'metadata', 'name'], field.at('name').text ?? '', field);
    rendering.copy([...at, 'spec', 'storageClassName'], field.at('storageClass'));
    const mode = field.at('accessMode');
    if (mode.exists) rendering.put([...at, 'spec', 'accessModes'], [mode.text ?? ''], mode);
    rendering.copy([...at, 'spec', 'resources', 'requests', 'storage'], field.at('size'));
  });
}

/** The mounts that a container has of such claims: global ones, those for it alone, or the one of older versions. */
export function claimMounts(templates: readonly Field[], container: string): TemplateMount[] {
  return templates.flatMap((field) => {
    const id = field.at('name').text ?? '';
    const all = [
      ...field.at('globalMounts').items,
      ...field.at('advancedMounts', container).items,
      ...(field.at('mountPath').exists ? [field] : []),
    ];
    return all.map((item) =>
      mount(id, item, item.at('path').exists ? item.at('path') : item.at('mountPath')),
    );
  });
}

/** The claims that the chart makes itself. */
export function renderClaims(release: Release, name: string, values: Field): Manifest[] {
  return entries(values).flatMap(([id, field]) => {
    if (typeOf(field) !== 'persistentVolumeClaim' || field.at('existingClaim').exists) {
      return [];
    }
    const rendering = new Rendering(
      release,
      'v1',
      'PersistentVolumeClaim',
      claimName(name, id, field),
      field,
    );
    const mode = field.at('accessMode');
    if (mode.exists) {
      rendering.put(['spec', 'accessModes'], [mode.text ?? ''], mode);
    }
    rendering.copy(['spec', 'storageClassName'], field.at('storageClass'));
    rendering.copy(['spec', 'resources', 'requests', 'storage'], field.at('size'));
    return [rendering.manifest()];
  });
}

function entries(values: Field): [string, Field][] {
  return enabledEntries(values.at('persistence'));
}

function typeOf(field: Field): string {
  return types[field.at('type').text ?? 'pvc'] ?? field.at('type').text ?? '';
}

const types: Readonly<Record<string, string>> = { pvc: 'persistentVolumeClaim' };

function claimName(name: string, id: string, field: Field): string {
  return field.at('nameOverride').text === undefined
    ? `${name}-${id}`
    : `${name}-${field.at('nameOverride').text}`;
}

/** A config map or secret by its name, or by the id of one that the values make. */
function source(rendering: Rendering, path: Path, key: string, name: string, field: Field): void {
  const own = field.at('identifier');
  const value: Value | undefined =
    field.at('name').text ?? (own.text === undefined ? undefined : `${name}-${own.text}`);
  rendering.put([...path, key], value, field.at('name').exists ? field.at('name') : own);
  rendering.copy([...path, 'items'], field.at('items'));
  rendering.copy([...path, 'optional'], field.at('optional'));
}

function mount(volume: string, field: Field, path: Field): TemplateMount {
  return {
    volume,
    path: path.text ?? `/${volume}`,
    readOnly: field.get('readOnly') === true,
    subPath: field.at('subPath').text,
    field: path.exists ? path : field,
  };
}
