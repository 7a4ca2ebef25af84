import { release } from '../../immich/release.ts';
import { compareVersions } from '../../values/version.ts';
import type { Names } from '../names.ts';
import { bullets, type Section } from '../section.ts';

/** What a person does once, in Immich and beside it. */
export function doneOnce({ installation, file }: Names): Section {
  const { host, server, route, configuration, version } = installation;
  const config = configuration.kind === 'written' ? configuration.config : undefined;
  const where =
    configuration.kind === 'none'
      ? 'Administration > Settings'
      : configuration.kind === 'written'
        ? `\`config\` of \`${file}\`, since a configuration file makes the settings of the web interface read-only`
        : 'the configuration file in its Secret';
  return {
    title: 'Once, after the first start',
    blocks: [
      bullets(
        `The first visitor of https://${host} makes the account of the administrator. ${
          compareVersions(version, release(2, 5, 0)) < 0
            ? 'Immich lets anybody do so as long as there is none: make it at once.'
            : server.allowSetup
              ? '`server.allowSetup: true` lets anybody do so as long as there is none: make it at once, then take that line out, run synth and push.'
              : 'That needs `server: { allowSetup: true }`, which is not set here, as it should be once that account is there.'
        }`,
        `Who may register: nobody by themselves. Administration > Users makes accounts; with single sign-on \`oauth.autoRegister\` decides${config?.oauth?.autoRegister === undefined ? '' : `, which is ${config.oauth.autoRegister} here`}. Settings are made in ${where}.`,
        // https://github.com/immich-app/immich/issues/880
        'A second factor: Immich has none of its own, besides the PIN code of the locked folder. It comes with the identity provider behind single sign-on; then turn the login by password off.',
        `Shared links are open to whoever has them: give them a password and an end.${
          route.authentication === undefined
            ? ''
            : route.openPaths.includes('shareLinks')
              ? ` \`route.openPaths\` lets them past \`${route.authentication.middleware}\`.`
              : ` \`${route.authentication.middleware}\` stands before them here; \`route: { openPaths: [shareLinks] }\` would let them past it.`
        } They carry the address of \`server.externalDomain\` in the settings, or else the one that was visited.`,
        'Note where the passwords of the secrets are kept, and read "Is the backup good?" once while all is well.',
      ),
    ],
  };
}
