import type { Construct } from 'constructs';
import { GatewayRoute } from '../components/gateway-route.ts';
import { ImmichIngress } from '../components/immich-ingress.ts';
import { TraefikRoute } from '../components/traefik-route.ts';
import type { Installation } from '../installation/installation.ts';
import { serverName, serverPort } from '../names.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';

/** Whether there is anything in it: Flux takes no empty layer. */
export function hasRouteLayer({ route }: Installation): boolean {
  return route.door.kind !== 'none';
}

/** The way in from outside. */
export function routeLayer(installation: Installation): Layer {
  return {
    plan: {
      name: 'route',
      after: ['namespace', 'secrets'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '10m',
    },
    build: (chart) => buildRoute(chart, installation),
  };
}

function buildRoute(chart: Construct, { namespace, host, hosts, route }: Installation): void {
  const props = { namespace, host, hosts: hosts.map(({ host }) => host), route: new Checked(route) };
  const service = { name: serverName, port: serverPort.name };
  switch (route.door.kind) {
    case 'traefik':
      new TraefikRoute(chart, 'route', { ...props, service });
      break;
    case 'gateway':
      new GatewayRoute(chart, 'route', { ...props, service: { name: serverName, port: serverPort.number } });
      break;
    case 'ingress':
    case 'tailscale':
      new ImmichIngress(chart, 'route', { ...props, service });
      break;
    case 'none':
      break;
  }
}
