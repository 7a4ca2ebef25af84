import { backedUpOf } from '../installation/database.ts';
import { databaseOfOthers } from '../installation/named-hosts.ts';
import { claimNameOf } from '../installation/volumes.ts';
import type { Plan } from '../plan/plan.ts';
import { databaseFrame, drillFrame } from './frames.ts';
import type { Arrow, PictureNode, PictureParts } from './picture.ts';

/** Where the database and the volumes are backed up to, how often, and the drill that restores the database. */
export function backupParts(plan: Plan): PictureParts {
  const parts = [unsavedParts(plan), dumpParts(plan), databaseParts(plan), drillParts(plan)];
  const all = [...parts, ...plan.volumeBackups.map(volumePartsOf), fileDrillParts(plan)];
  return { nodes: all.flatMap(({ nodes }) => nodes), arrows: all.flatMap(({ arrows }) => arrows) };
}

/** That a database of ours has no backup. */
function unsavedParts(plan: Plan): PictureParts {
  const { database } = plan.installation;
  if (database.kind !== 'cnpg' || database.cnpg.backup !== 'none') return nothing;
  const { name } = database.cnpg;
  const frame = databaseFrame(plan);
  const node: PictureNode = { name, shape: 'data', details: ['no backup'], frame, isUnsaved: true };
  return { nodes: [node], arrows: [] };
}

/** The dump that a new database is filled with. */
function dumpParts({ installation: { database, volumes } }: Plan): PictureParts {
  if (database.kind !== 'cnpg' || database.cnpg.importDump === undefined) return nothing;
  const from = claimNameOf('library', volumes.library);
  const text = 'a dump, into the empty database';
  return { nodes: [], arrows: [{ from, to: database.cnpg.name, text, isCopy: true }] };
}

function databaseParts({ installation: { database } }: Plan): PictureParts {
  const backup = backedUpOf(database)?.backup;
  if (backup === undefined || backup === 'none') return nothing;
  const { destinationPath } = backup.store;
  const isOurs = database.kind === 'cnpg';
  const copy: Arrow = {
    from: isOurs ? database.cnpg.name : databaseOfOthers,
    to: destinationPath,
    text: isOurs ? `${backup.schedule.words}, and the log all the time` : 'by those who own it',
    isCopy: true,
  };
  const details = isOurs ? [`kept for ${backup.retention.text}`] : [];
  return {
    nodes: [{ name: destinationPath, shape: 'outside', details, frame: undefined }],
    arrows: [copy],
  };
}

function drillParts(plan: Plan): PictureParts {
  const { drill, installation } = plan;
  const backup = backedUpOf(installation.database)?.backup;
  if (drill === undefined || backup === undefined || backup === 'none') return nothing;
  const details = ['restores it and looks inside'];
  const from = backup.store.destinationPath;
  return {
    nodes: [{ name: drill.name, shape: 'program', details, frame: drillFrame(plan) }],
    arrows: [{ from, to: drill.name, text: `${drill.drill.schedule.words} UTC`, isCopy: true }],
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

const nothing: PictureParts = { nodes: [], arrows: [] };
