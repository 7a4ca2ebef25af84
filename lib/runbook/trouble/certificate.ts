import { routeName } from '../../names.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A certificate that is not renewed. */
export function certificateIsOld({ app, namespace, installation }: Names): Section {
  const { host, route } = installation;
  const look = `openssl s_client -connect ${host}:443 -servername ${host} < /dev/null 2> /dev/null | openssl x509 -noout -issuer -enddate`;
  const title = 'The certificate is old';
  switch (route.certificate?.kind) {
    case undefined:
      return {
        title,
        blocks: [
          commands(look),
          "The installation file names none, so that it is Traefik's own default certificate.",
        ],
      };
    case 'secret':
      return {
        title,
        blocks: [
          commands(look),
          `It stands in the Secret \`${namespace}/${route.certificate.name}\`, which somebody else renews. Traefik reads a new one at once.`,
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
            'The Certificate is new and the page shows the old one: something in front of Traefik has a certificate of its own.',
          ),
        ],
      };
  }
}
