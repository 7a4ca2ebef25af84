import { programOf } from '../../installation/door.ts';
import type { Route } from '../../installation/route.ts';
import { volumeClaimsOf } from '../../installation/volumes.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** Uploads that end with an error, or never. */
export function uploadsFail({ app, namespace, server, installation, file }: Names): Section {
  const { route, valkey, volumes } = installation;
  const [library] = volumeClaimsOf(volumes);
  return {
    title: 'Uploads fail',
    blocks: [
      commands(
        `${app} logs deployment/${server} --namespace ${namespace} --since=1h | grep --ignore-case --extended-regexp 'error|ENOSPC|EACCES|EROFS'`,
        `${app} exec deployment/${server} --namespace ${namespace} -- df -h`,
      ),
      bullets(
        `\`ENOSPC\`: the volume of \`${library}\` is full: see "A volume is nearly full".`,
        `\`EACCES\`: its files belong to somebody else than ${installation.server.user}:${installation.server.group}. An NFS server does not let Kubernetes change that: \`chown\` there.`,
        `Small ones come through and long videos break off after the same time or size: a limit of the proxy. ${limitOf(route)} A tunnel or another proxy in front has limits of its own, such as 100 MB at Cloudflare.`,
        'At 100 % the app waits a minute and gives up, and the file is there all the same: the storage is slow to take it, as network shares are. It is found as a duplicate the next time.',
        ...(valkey.kind === 'external'
          ? [
              `\`ECONNREFUSED\`, \`NOAUTH\` or \`MISCONF\` of the queue: Valkey, which others run${valkey.by === 'host' ? ` at \`${valkey.host}:${valkey.port}\`` : ''}, is away, refuses the password, or cannot write.`,
            ]
          : []),
        `Nothing in the log at all: the request did not come so far. See "The mobile app does not connect", and what policies let in: \`npx immich-cdk8s explain traffic ${file}\`.`,
      ),
    ],
  };
}

/** Who in front of Immich may end an upload too early. */
function limitOf({ door }: Route): string {
  return door.kind === 'traefik'
    ? `Synth prints the read timeout for Traefik; \`route.traefik.readTimeout\` is ${door.readTimeout} here.`
    : `Here it is ${programOf(door) ?? 'whatever stands before Immich'}: dist lifts what can be lifted from here.`;
}
