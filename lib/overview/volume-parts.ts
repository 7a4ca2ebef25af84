import { learningPoolsOf } from '../installation/machine-learning.ts';
import type { Volume } from '../installation/volume.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { microservicesName, serverName } from '../names.ts';
import type { Plan } from '../plan/plan.ts';
import { immichFrame } from './frames.ts';
import type { PictureNode, PictureParts } from './picture.ts';

/** The volumes, and who has them mounted. */
export function volumeParts(plan: Plan): PictureParts {
  const volumes = Object.entries(plan.installation.volumes).flatMap(([key, volume]) =>
    volume === undefined ? [] : [{ key, volume, claim: claimNameOf(key, volume) }],
  );
  const { machineLearning, server } = plan.installation;
  const learning = learningPoolsOf(machineLearning).map(({ name }) => name);
  const servers = server.microservices.separate ? [serverName, microservicesName] : [serverName];
  return {
    nodes: volumes.map(({ key, volume, claim }): PictureNode => {
      const details = [contentOf[key] ?? key, backingOf(volume)];
      const isUnsaved = volume.backup === 'none';
      const told = isUnsaved ? [...details, 'no backup'] : details;
      return { name: claim, shape: 'data', details: told, frame: immichFrame(plan), isUnsaved };
    }),
    arrows: volumes.flatMap(({ key, claim }) =>
      (key === 'models' ? learning : servers).map((from) => ({
        from,
        to: claim,
        text: 'files',
        isCopy: false,
      })),
    ),
  };
}

const contentOf: { readonly [key: string]: string } = {
  library: 'photos and videos',
  generated: 'thumbnails, encoded video',
  models: 'models',
};

function backingOf(volume: Volume): string {
  switch (volume.kind) {
    case 'dynamic':
      return `${volume.size.text} of ${volume.storageClass}`;
    case 'nfs':
      return `NFS, ${volume.server}`;
    case 'existing':
      return 'a claim that exists';
  }
}
