import { clusterLabel, instanceRoleLabel } from '../../cnpg/names.ts';
import type { Volume } from '../../installation/volume.ts';
import { claimNameOf } from '../../installation/volumes.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** Volumes that fill. */
export function volumeIsNearlyFull(names: Names): Section {
  const { app, data, namespace, server, installation, plan } = names;
  const { volumes, database } = installation;
  const claims = Object.entries(volumes).flatMap(([key, volume]) =>
    volume === undefined ? [] : [moreRoom(key, volume, names)],
  );
  return {
    title: 'A volume is nearly full',
    blocks: [
      commands(
        `${app} exec deployment/${server} --namespace ${namespace} -- df -h`,
        `${app} get pvc --namespace ${namespace}`,
        ...(database.kind === 'cnpg'
          ? [
              ...(plan.isRemote ? [`${data} get pvc --namespace ${namespace}`] : []),
              `${data} exec --namespace ${namespace} $(${data} get pod --namespace ${namespace} --selector ${clusterLabel}=${database.cnpg.name},${instanceRoleLabel}=primary --output name) --container postgres -- df -h /var/lib/postgresql/data`,
            ]
          : []),
      ),
      bullets(
        ...claims,
        'What deletes photos from the trash, old encoded videos and orphans is in Administration > Settings and Administration > Maintenance; never delete files by hand in the library.',
        ...(database.kind === 'cnpg'
          ? [
              `The database: first see whether its write-ahead log is archived ("Is the backup good?"): what is not archived is kept. Else raise \`database.cnpg.storage.size\`, which is ${database.cnpg.storage.size.text}. A full one stops; after it was made larger it goes on by itself. Never delete anything in \`pg_wal\`.`,
            ]
          : []),
      ),
    ],
  };
}

/** How a volume gets more room. */
function moreRoom(key: string, volume: Volume, { app, file }: Names): string {
  const claim = claimNameOf(key, volume);
  switch (volume.kind) {
    case 'dynamic':
      return `\`${claim}\`: raise \`volumes.${key}.size\` in \`${file}\`, run synth and push; \`${app} get storageclasses.storage.k8s.io ${volume.storageClass}\` must say that it allows expansion. It never becomes smaller again.`;
    case 'nfs':
      return `\`${claim}\`: make room on \`${volume.server}\`; the size in \`${file}\` limits nothing there.`;
    case 'existing':
      return `\`${claim}\`: whoever made it makes it larger.`;
  }
}
