import type { Door } from '../../installation/door.ts';
import { routeName } from '../../names.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A certificate that is not renewed. */
export function certificateIsOld({ app, namespace, installation }: Names): Section {
  const { host, route } = installation;
  const look = `openssl s_client -connect ${host}:443 -servername ${host} < /dev/null 2> /dev/null | openssl x509 -noout -issuer -enddate`;
  const title = 'The certificate is old';
  const elsewhere = madeElsewhere(route.door);
  if (elsewhere !== undefined) return { title, blocks: [commands(look), elsewhere] };
  switch (route.certificate?.kind) {
    case undefined:
      return {
        title,
        blocks: [
          commands(look),
          'The installation file names none, so that it is the default certificate of the proxy.',
        ],
      };
    case 'secret':
      return {
        title,
        blocks: [
          commands(look),
          `It stands in the Secret \`${namespace}/${route.certificate.name}\`, which somebody else renews. The proxy reads a new one by itself.`,
        ],
      };
    case 'issuer':
      return {
        title,
        blocks: [
          commands(
            look,
            `${app} get certificates.cert-manager.io ${routeName} --namespace ${namespace} --output wide`,
            `${app} get certificaterequests.cert-manager.io,orders.acme.cert-manager.io,challenges.acme.cert-manager.io --namespace ${namespace}`,
            `${app} describe challenges.acme.cert-manager.io --namespace ${namespace}`,
          ),
          bullets(
            `\`${route.certificate.issuer} ${route.certificate.name}\` makes it, and cert-manager renews it when a third of its time is left. The challenge says why it does not: a DNS name that leads elsewhere, a token of the DNS provider that has expired, port 80 that is not reached.`,
            'The Certificate is new and the page shows the old one: something in front of the proxy has a certificate of its own.',
          ),
        ],
      };
  }
}

/** Who has the certificate where it is not of this installation. */
function madeElsewhere(door: Door): string | undefined {
  switch (door.kind) {
    case 'gateway': {
      const gateways = door.parents.map(({ namespace, name }) => `\`${namespace}/${name}\``);
      return `It belongs to the Gateway ${enumerate(gateways)}, and whoever runs that renews it.`;
    }
    case 'tailscale':
      return 'Tailscale makes and renews it; its admin console shows the machine.';
    case 'none':
      return 'Whatever stands before Immich has it: dist makes no door.';
    case 'traefik':
    case 'ingress':
      return undefined;
  }
}
