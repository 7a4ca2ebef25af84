import type { RouteSection } from '../../imports/sections.ts';
import { checkDoor, checkHosts } from '../installation/checks/route.ts';
import type { Door, DoorOf } from '../installation/door.ts';
import type { Properties } from '../installation/properties.ts';
import { type Route, route } from '../installation/route.ts';
import { host, label, objectName, servicePort } from '../installation/texts.ts';
import { routeName } from '../names.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';

/** What every route is made of, whatever its door. */
interface RouteProps {
  readonly namespace: string;
  readonly host: string;
  readonly hosts?: readonly string[];
  readonly service: { readonly name: string; readonly port: string | number };
  readonly name?: string;
  readonly route?: RouteSection | Checked<Route>;
}

/** What the props of a route come to, once they are read. */
export interface DescribedRoute<D extends Door = Door> {
  readonly namespace: string;
  /** Every name that is answered for, that of the installation first. */
  readonly hosts: readonly string[];
  readonly name: string;
  readonly route: Route;
  readonly door: D;
  readonly service: { readonly name: string; readonly port: string | number };
}

/**
 * Reads the props of a route whose door must be of some kinds.
 *
 * @throws Error when a property is wrong, or the door is another one.
 */
export function describedRoute<K extends Door['kind']>(
  properties: Properties,
  props: RouteProps,
  ...kinds: readonly K[]
): DescribedRoute<DoorOf<K>> {
  const settings = properties.read(route, props.route ?? {}, 'route');
  const first = properties.read(host, props.host, 'host');
  const further = (props.hosts ?? []).map((one, index) => properties.read(host, one, 'hosts', String(index)));
  const { door } = settings;
  properties.check(props.route, (at) => {
    if (!isOneOf(door, kinds)) {
      at.in('route').error(
        `The way in is ${quote(door.kind)} here. Write ${kinds.join(' or ')}, as this construct makes.`,
      );
    }
    checkDoor({ route: settings }, at);
    checkHosts({ route: settings, host: first, hosts: further.map((host) => ({ host })) }, at);
  });
  if (!isOneOf(door, kinds)) throw new Error(`A route by ${door.kind} is not made here.`);
  return {
    namespace: properties.read(label, props.namespace, 'namespace'),
    hosts: [first, ...further],
    name: properties.read(label, props.name ?? routeName, 'name'),
    route: settings,
    door,
    service: {
      name: properties.read(objectName, props.service.name, 'service', 'name'),
      port: properties.read(servicePort, props.service.port, 'service', 'port'),
    },
  };
}

function isOneOf<K extends Door['kind']>(door: Door, kinds: readonly K[]): door is DoorOf<K> {
  return kinds.some((kind) => kind === door.kind);
}
