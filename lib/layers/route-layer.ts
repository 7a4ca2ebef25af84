import { route } from '../components/route.ts';
import type { Installation } from '../installation/installation.ts';
import { serverName, serverPort } from '../names.ts';
import type { Layer } from './layer.ts';

/** The way in from outside. */
export function routeLayer({ namespace, host, route: described }: Installation): Layer {
  return {
    plan: {
      name: 'route',
      after: ['namespace'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '10m',
    },
    build: (chart) =>
      route(chart, {
        namespace,
        host,
        route: described,
        service: { name: serverName, port: serverPort.name },
      }),
  };
}
