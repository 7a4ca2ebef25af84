import type { ExternalLibrary } from '../installation/external-library.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import type { Volume } from '../installation/volume.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { microservicesName, serverName } from '../names.ts';
import type { Plan } from '../plan/plan.ts';
import { immichFrame } from './frames.ts';
import type { PictureNode, PictureParts } from './picture.ts';

/** The volumes and the libraries of others, and who has them mounted. */
export function volumeParts(plan: Plan): PictureParts {
  const servers = plan.installation.server.microservices.separate
    ? [serverName, microservicesName]
    : [serverName];
  const parts = [ownParts(plan, servers), externalParts(plan, servers)];
  return { nodes: parts.flatMap(({ nodes }) => nodes), arrows: parts.flatMap(({ arrows }) => arrows) };
}

function ownParts(plan: Plan, servers: readonly string[]): PictureParts {
  const volumes = Object.entries(plan.installation.volumes).flatMap(([key, volume]) =>
    volume === undefined ? [] : [{ key, volume, claim: claimNameOf(key, volume) }],
  );
  const learning = learningPoolsOf(plan.installation.machineLearning).map(({ name }) => name);
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

/** Photos that stand elsewhere are one box, however many there are. */
function externalParts({ installation }: Plan, servers: readonly string[]): PictureParts {
  const libraries = Object.values(installation.externalLibraries);
  if (libraries.length === 0) return { nodes: [], arrows: [] };
  const name = 'external libraries';
  const more = libraries.length - mostLibraries;
  const details = [
    ...libraries.slice(0, more > 1 ? mostLibraries : libraries.length).map(placeOf),
    ...(more > 1 ? [`and ${more} more`] : []),
    'in no backup here',
  ];
  return {
    nodes: [{ name, shape: 'data', details, frame: undefined }],
    arrows: servers.map((from) => ({ from, to: name, text: 'files, read only', isCopy: false })),
  };
}

/** More than these are no longer taken in at a glance. */
const mostLibraries = 3;

function placeOf(library: ExternalLibrary): string {
  switch (library.kind) {
    case 'nfs':
      return `${library.path}: NFS, ${library.server}`;
    case 'smb':
      return `${library.path}: SMB, ${library.server}`;
    case 'existing':
      return `${library.path}: the claim ${library.claim}`;
  }
}

const contentOf: { readonly [key: string]: string } = {
  library: 'photos and videos',
  generated: 'thumbnails, encoded video',
  models: 'for machine learning',
};

function backingOf(volume: Volume): string {
  switch (volume.kind) {
    case 'dynamic':
      return `${volume.size.text} of ${volume.storageClass}`;
    case 'nfs':
      return `NFS, ${volume.server}`;
    case 'existing':
      return 'a claim that exists already';
  }
}
