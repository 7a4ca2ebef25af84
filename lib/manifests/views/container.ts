import type { Field } from '../field.ts';

/** A container of a pod template, as rules look at it. */
export interface ContainerView {
  readonly name: string;
  readonly field: Field;
  /** Whether it runs before the others; sidecars (`restartPolicy: Always`) count as ordinary containers. */
  readonly init: boolean;
  readonly image: Field;
  readonly environment: readonly EnvironmentVariableView[];
  readonly environmentFrom: readonly EnvironmentSourceView[];
  readonly mounts: readonly MountView[];
  readonly ports: readonly PortView[];
  readonly probes: readonly ProbeView[];
  readonly security: Field;
}

/** One variable: a literal, or read from a key of a secret or config map. */
export interface EnvironmentVariableView {
  readonly name: string;
  readonly field: Field;
  /** The literal value; undefined when it comes from elsewhere. */
  readonly value: string | undefined;
  readonly from: KeyReferenceView | undefined;
}

/** A key of a secret or a config map. */
export interface KeyReferenceView {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: Field;
  /** The key; undefined when all of them are meant. */
  readonly key: Field | undefined;
  /** Whether the pod starts without it. */
  readonly optional: boolean;
}

/** Every key of a secret or config map as variables. */
export interface EnvironmentSourceView extends KeyReferenceView {
  readonly prefix: string;
}

/** A volume mounted into a container. */
export interface MountView {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly field: Field;
}

/** A port that a container names. */
export interface PortView {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
  readonly field: Field;
}

/** A probe of a container. */
export interface ProbeView {
  readonly type: 'startupProbe' | 'readinessProbe' | 'livenessProbe';
  readonly field: Field;
}

/** Reads one entry of `containers` or `initContainers`. */
export function container(field: Field, list: 'containers' | 'initContainers'): ContainerView {
  return {
    name: field.at('name').text ?? '',
    field,
    init: list === 'initContainers' && field.get('restartPolicy') !== 'Always',
    image: field.at('image'),
    environment: field.at('env').items.map(environmentVariable),
    environmentFrom: field.at('envFrom').items.flatMap(environmentSource),
    mounts: field.at('volumeMounts').items.map(mount),
    ports: field.at('ports').items.map(port),
    probes: probes.flatMap((type) => (field.at(type).exists ? [{ type, field: field.at(type) }] : [])),
    security: field.at('securityContext'),
  };
}

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

function environmentVariable(field: Field): EnvironmentVariableView {
  const value = field.get('value');
  return {
    name: field.at('name').text ?? '',
    field,
    value: literal(value),
    from:
      keyReference('Secret', field.at('valueFrom', 'secretKeyRef')) ??
      keyReference('ConfigMap', field.at('valueFrom', 'configMapKeyRef')),
  };
}

function literal(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function environmentSource(field: Field): EnvironmentSourceView[] {
  const reference =
    keyReference('Secret', field.at('secretRef')) ?? keyReference('ConfigMap', field.at('configMapRef'));
  return reference === undefined ? [] : [{ ...reference, prefix: field.at('prefix').text ?? '' }];
}

function keyReference(kind: 'Secret' | 'ConfigMap', field: Field): KeyReferenceView | undefined {
  if (!field.exists) {
    return undefined;
  }
  const key = field.at('key');
  return {
    kind,
    name: field.at('name'),
    key: key.exists ? key : undefined,
    optional: field.get('optional') === true,
  };
}

function mount(field: Field): MountView {
  return {
    volume: field.at('name').text ?? '',
    path: field.at('mountPath').text ?? '',
    readOnly: field.get('readOnly') === true,
    field,
  };
}

function port(field: Field): PortView {
  return {
    name: field.at('name').text,
    number: field.at('containerPort').number,
    protocol: field.at('protocol').text ?? 'TCP',
    field,
  };
}
