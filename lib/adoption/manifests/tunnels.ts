import type { Field } from '../../manifests/field.ts';
import { serverServices } from '../../manifests/views/routes.ts';
import type { Subject } from './subject.ts';

/** A tunnel that ends at the Service of the server: https://developers.cloudflare.com/tunnel/configuration/ */
export interface TunnelView {
  readonly hosts: readonly string[];
  /** The Service that it leads to, by its name today. */
  readonly service: string;
  /** Namespace of the program that is the end of it. */
  readonly namespace: string | undefined;
  readonly from: Field;
}

/** The tunnels of cloudflared whose configuration leads to this Immich itself, rather than to a proxy before it. */
export function tunnelsTo({ inventory, namespace }: Subject): TunnelView[] {
  const services = serverServices(inventory);
  return inventory.all('', 'ConfigMap').flatMap((config) => {
    const place = config.at('metadata', 'namespace').text;
    return config.at('data').entries.flatMap(([, from]) => {
      const found = [...(from.text ?? '').matchAll(ingressRule)].flatMap(
        ([, host = '', name = '', other]) => {
          const target = other ?? place;
          return target === namespace && services.has(`${target ?? ''}/${name}`) ? [{ host, name }] : [];
        },
      );
      const [first] = found;
      return first === undefined
        ? []
        : [{ hosts: found.map(({ host }) => host), service: first.name, namespace: place, from }];
    });
  });
}

const ingressRule =
  /hostname:[ \t]*["']?([^\s"']+)["']?[ \t]*\n(?:[ \t]+path:[^\n]*\n)?[ \t]*service:[ \t]*["']?https?:\/\/([a-z0-9-]+)(?:\.([a-z0-9-]+))?[.a-z]*(?::\d+)?["']?[ \t]*(?:\n|$)/g;
