import type { Plan } from '../plan/plan.ts';
import { databaseFrame, drillFrame } from './frames.ts';
import type { PictureParts } from './picture.ts';

/** Where the database and the volumes are backed up to, how often, and the drill that restores the database. */
export function backupParts(plan: Plan): PictureParts {
  const parts = [databaseParts(plan), ...plan.volumeBackups.map(volumePartsOf), fileDrillParts(plan)];
  return { nodes: parts.flatMap(({ nodes }) => nodes), arrows: parts.flatMap(({ arrows }) => arrows) };
}

function databaseParts(plan: Plan): PictureParts {
  const { installation, drill } = plan;
  const { database } = installation;
  if (database.kind !== 'cnpg') return { nodes: [], arrows: [] };
  const { name, backup } = database.cnpg;
  if (backup === 'none') {
    const frame = databaseFrame(plan);
    return { nodes: [{ name, shape: 'data', details: ['no backup'], frame, isUnsaved: true }], arrows: [] };
  }
  const store = backup.store.destinationPath;
  const copy = {
    from: name,
    to: store,
    text: `${backup.schedule.words}, and the log all the time`,
    isCopy: true,
  };
  return {
    nodes: [
      { name: store, shape: 'outside', details: [`kept for ${backup.retention.text}`], frame: undefined },
      ...(drill === undefined
        ? []
        : [
            {
              name: drill.name,
              shape: 'program' as const,
              details: ['restores it and looks inside'],
              frame: drillFrame(plan),
            },
          ]),
    ],
    arrows: [
      copy,
      ...(drill === undefined
        ? []
        : [{ from: store, to: drill.name, text: `${drill.drill.schedule.words} UTC`, isCopy: true }]),
    ],
  };
}

/** From the repository of the library to the drill that compares files of it. */
function fileDrillParts(plan: Plan): PictureParts {
  const { fileDrill, volumeBackups } = plan;
  const library = volumeBackups.find(({ key }) => key === 'library');
  if (fileDrill === undefined || library === undefined) return { nodes: [], arrows: [] };
  const { name, files } = fileDrill;
  return {
    nodes: [{ name, shape: 'program', details: ['compares some photos'], frame: drillFrame(plan) }],
    arrows: [{ from: repositoryOf(library), to: name, text: `${files.schedule.words} UTC`, isCopy: true }],
  };
}

function repositoryOf({ claim, backup }: Plan['volumeBackups'][number]): string {
  return backup.kind === 'volsync' ? `restic repository of ${claim}` : "Longhorn's backup target";
}

function volumePartsOf(plan: Plan['volumeBackups'][number]): PictureParts {
  const { claim, schedule } = plan;
  const name = repositoryOf(plan);
  return {
    nodes: [{ name, shape: 'outside', details: [], frame: undefined }],
    arrows: [{ from: claim, to: name, text: `${schedule.words} UTC`, isCopy: true }],
  };
}
