import type { Field } from '../field.ts';
import type { Made } from '../operators.ts';

/** A Kubernetes service: written in a manifest, or made by an operator. */
export interface ServiceView {
  readonly name: string;
  readonly namespace: string | undefined;
  /** The manifest's object; undefined for a service that an operator makes. */
  readonly field: Field | undefined;
  readonly ports: readonly ServicePortView[];
}

/** A port of a service. */
export interface ServicePortView {
  readonly name: string | undefined;
  readonly number: number | undefined;
  /** What it is on the pod, a name or a number; undefined for services that operators make. */
  readonly target: Field | undefined;
}

/** Reads the object of a service. */
export function service(field: Field): ServiceView {
  return {
    name: field.at('metadata', 'name').text ?? '',
    namespace: field.at('metadata', 'namespace').text,
    field,
    ports: field.at('spec', 'ports').items.map((port) => ({
      name: port.at('name').text,
      number: port.at('port').number,
      target: port.at('targetPort').exists ? port.at('targetPort') : port.at('port'),
    })),
  };
}

/** A service that an operator makes. */
export function madeService(made: Made): ServiceView {
  return {
    name: made.name,
    namespace: made.namespace,
    field: undefined,
    ports: (made.ports ?? []).map((port) => ({ name: port.name, number: port.number, target: undefined })),
  };
}

/** Whether services have the same ports, by their names and numbers. */
export function haveSamePorts(services: readonly ServiceView[]): boolean {
  const texts = services.map(({ ports }) => ports.map(({ name, number }) => `${name} ${number}`).join());
  return new Set(texts).size <= 1;
}

/** The port of a service by name or number; undefined when it has none such. */
export function findPort(service: ServiceView, port: string | number): ServicePortView | undefined {
  return service.ports.find(({ name, number }) => name === port || String(number) === String(port));
}
