import { readSource } from '../../text/yaml-source.ts';
import type { ComposeText, ComposeVariable } from './compose-text.ts';
import { variableFile } from './variable-file.ts';

/** A compose file as Docker Compose would read it, with its variables filled in. */
export interface ComposeFile {
  readonly services: ReadonlyMap<string, ComposeService>;
}

/** One service of a compose file. */
export interface ComposeService {
  readonly name: string;
  readonly image: string;
  /** Where the image is written, as `docker-compose.yml:5`. */
  readonly from: string;
  readonly mounts: readonly ComposeMount[];
  /** The variables of the container, by their names. */
  readonly environment: ReadonlyMap<string, ComposeVariable>;
  /** What is said of devices, in the words of the file. */
  readonly devices: readonly ComposeVariable[];
}

/** A folder or a volume in a container. */
export interface ComposeMount {
  /** A folder of the machine, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly from: string;
}

/**
 * Reads a compose file, and the file of variables beside it.
 *
 * @returns A sentence where it is no compose file.
 */
export function composeFile(
  { file, text }: ComposeText,
  variables: ComposeText | undefined,
): ComposeFile | string {
  const source = readSource(text, { strict: false });
  const [fault] = source.faults;
  if (fault !== undefined) return `${file} cannot be read: ${fault.message}`;
  const services = member(source.data, 'services');
  if (!isObject(services)) return `${file} is no compose file: it has no services.`;
  const known = variables === undefined ? new Map<string, ComposeVariable>() : variableFile(variables);
  const placeOf = (...path: (string | number)[]) => `${file}:${source.position(path, 'value').line}`;
  return {
    services: new Map(
      Object.entries(services).flatMap(([name, service]) => {
        const image = textOf(member(service, 'image'), known);
        return image === undefined ? [] : [[name, serviceOf(name, image, service, known, placeOf)]];
      }),
    ),
  };
}

type Known = ReadonlyMap<string, ComposeVariable>;
type PlaceOf = (...path: (string | number)[]) => string;

function serviceOf(
  name: string,
  image: string,
  service: unknown,
  known: Known,
  placeOf: PlaceOf,
): ComposeService {
  return {
    name,
    image,
    from: placeOf('services', name, 'image'),
    mounts: mountsOf(name, member(service, 'volumes'), known, placeOf),
    environment: environmentOf(name, service, known, placeOf),
    devices: devicesOf(name, service, placeOf),
  };
}

function mountsOf(name: string, volumes: unknown, known: Known, placeOf: PlaceOf): ComposeMount[] {
  if (!Array.isArray(volumes)) return [];
  return [...volumes.entries()].flatMap(([index, volume]: [number, unknown]): ComposeMount[] => {
    const from = placeOf('services', name, 'volumes', index);
    const short = textOf(volume, known);
    if (short !== undefined) {
      const [source, target, mode = ''] = short.split(':');
      return source === undefined || target === undefined
        ? []
        : [{ source, target, readOnly: mode.split(',').includes('ro'), from }];
    }
    const [source, target] = ['source', 'target'].map((key) => textOf(member(volume, key), known));
    return source === undefined || target === undefined
      ? []
      : [{ source, target, readOnly: member(volume, 'read_only') === true, from }];
  });
}

/** `env_file` hands on all that it has; `environment` stands over it. */
function environmentOf(
  name: string,
  service: unknown,
  known: Known,
  placeOf: PlaceOf,
): Map<string, ComposeVariable> {
  const found = new Map<string, ComposeVariable>();
  if (member(service, 'env_file') !== undefined) {
    for (const variable of known.values()) found.set(variable.name, variable);
  }
  const written = member(service, 'environment');
  const add = (key: string, value: string, ...step: (string | number)[]) =>
    found.set(key, { name: key, value, from: placeOf('services', name, 'environment', ...step) });
  if (Array.isArray(written)) {
    for (const [index, line] of written.entries()) {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(textOf(line, known) ?? '') ?? [];
      if (key !== undefined && value !== undefined) add(key, value, index);
    }
  } else if (isObject(written)) {
    for (const [key, value] of Object.entries(written)) {
      const text = textOf(value, known);
      if (text !== undefined) add(key, text, key);
    }
  }
  return found;
}

function devicesOf(name: string, service: unknown, placeOf: PlaceOf): ComposeVariable[] {
  const found = [
    ['devices', member(service, 'devices')],
    ['deploy', member(member(member(service, 'deploy'), 'resources'), 'reservations')],
    ['extends', member(member(service, 'extends'), 'service')],
  ] as const;
  return found
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => ({
      name: key,
      value: typeof value === 'string' ? value : '',
      from: placeOf('services', name, key),
    }));
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
function textOf(value: unknown, known: Known): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  return value.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(?::?[-?+]([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (whole, braced: string | undefined, fallback: string | undefined, bare: string | undefined) => {
      if (whole === '$$') return '$';
      const found = known.get(braced ?? bare ?? '')?.value;
      return found === undefined || found === '' ? (fallback ?? found ?? whole) : found;
    },
  );
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
