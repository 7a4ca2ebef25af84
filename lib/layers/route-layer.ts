import { TraefikRoute } from '../components/traefik-route.ts';
import type { Installation } from '../installation/installation.ts';
import { serverName, serverPort } from '../names.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** The way in from outside. */
export function routeLayer({ namespace, host, route: described }: Installation): Layer {
  return {
    plan: {
      name: 'route',
      after: ['namespace', 'secrets'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '10m',
    },
    build: (chart) => {
      new TraefikRoute(chart, 'route', {
        namespace,
        host,
        route: new Checked(described),
        service: { name: serverName, port: serverPort.name },
      });
    },
  };
}
