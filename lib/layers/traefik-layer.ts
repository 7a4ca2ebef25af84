import { traefikTimeout } from '../components/traefik-timeout.ts';
import type { DoorOf } from '../installation/door.ts';
import type { Layer } from './layer.ts';

/** What k3s's own Traefik is told. A layer of its own, since its kind exists on k3s only. */
export function traefikLayer({ entryPoints, readTimeout }: DoorOf<'traefik'>): Layer {
  return {
    plan: { name: 'traefik', after: [], readiness: { kind: 'objects' }, keepsObjects: false, timeout: '5m' },
    build: (chart) => traefikTimeout(chart, { entryPoint: entryPoints.websecure, readTimeout }),
  };
}
