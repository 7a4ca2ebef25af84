import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** An app that finds no server, or does not log in. */
export function mobileAppFails({ installation, file }: Names): Section {
  const { host, route, version } = installation;
  const { authentication } = route;
  return {
    title: 'The mobile app does not connect',
    blocks: [
      `The address to write into the app is \`https://${host}\`, without \`/api\`. Both must answer from the network that the phone is in, the first with a little JSON and not with a page:`,
      commands(
        `curl --include https://${host}/.well-known/immich`,
        `curl --silent https://${host}/api/server/ping`,
      ),
      bullets(
        'A page with a login instead of JSON: a login stands before `/api` or `/.well-known/immich`, which the app cannot fill in.' +
          (authentication === undefined
            ? ' None is in the installation file, so it is in front of this cluster.'
            : ` \`${authentication.middleware}\` of \`route.authentication\` leaves both open; a login in front of this cluster does not.`),
        'A certificate that the phone does not trust: a browser on it says why; see "The certificate is old".',
        `The app says that versions do not fit: here runs Immich ${version.text}. An app of a newer major version needs a newer server: raise \`version\` in \`${file}\`.`,
        'It works at home and not outside, or the other way round: DNS leads to different addresses. Compare `nslookup` in both networks.',
        'Single sign-on ends in the browser: `app.immich:///oauth-callback` must be among the allowed redirects of the identity provider.',
      ),
    ],
  };
}
