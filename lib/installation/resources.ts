import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { compareQuantities, type Quantity } from '../values/quantity.ts';
import { cpu, memory } from './texts.ts';

/** What a container asks for and may use. A limit that is not there is no limit. */
export interface Resources {
  readonly requests: { readonly cpu: Quantity; readonly memory: Quantity };
  readonly limits: { readonly cpu: Quantity | undefined; readonly memory: Quantity | undefined };
}

/** Standard values of one component, as they would be written in the file. */
export interface StandardResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory?: string };
}

/**
 * Requests and limits of one component.
 *
 * Limits that are not written are the standard ones only where nothing is written at all: who writes `limits` says all
 * of them, so that leaving out `cpu` means no CPU limit.
 */
export function resources(standard: StandardResources): Schema<Resources> {
  const written = mapping({
    requests: defaulting(
      mapping({
        cpu: defaulting(
          cpu,
          standard.requests.cpu,
          'CPU that is reserved, in cores ("1") or thousandths ("200m").',
        ),
        memory: defaulting(memory, standard.requests.memory, 'Memory that is reserved, such as "512Mi".'),
      }),
      {},
      'What the scheduler reserves.',
    ),
    limits: defaulting(
      mapping({
        cpu: optional(cpu, 'The most CPU, in cores; without it there is no limit.'),
        memory: optional(memory, 'The most memory, such as "4Gi"; a container above it is killed.'),
      }),
      standard.limits,
      'What may be used at most.',
    ),
  });
  return refine(written, ({ requests, limits }, at) => {
    for (const name of ['cpu', 'memory'] as const) {
      const limit = limits[name];
      const isKnown = !at.isFaulty('requests', name) && !at.isFaulty('limits', name);
      if (isKnown && limit !== undefined && compareQuantities(requests[name], limit) > 0) {
        at.in('requests', name).error(
          `${quote(requests[name].text)} is more than the limit of ${quote(limit.text)}. Lower the request or raise limits.${name}.`,
        );
      }
    }
    return { requests, limits };
  });
}
