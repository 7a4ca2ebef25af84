import { configProblems } from '../../immich/config.ts';
import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';

/** Settings that this version of Immich knows. */
export function checkConfiguration({ configuration, version }: Installation, at: Place): void {
  if (configuration.kind !== 'written') return;
  for (const { path, message, severity = 'error' } of configProblems(configuration.config, version)) {
    at.in('config', ...path)[severity](message);
  }
}
