import type { Change } from '../changes/change.ts';
import type { Standing } from '../changes/standing.ts';
import { pathText, quoteWhole } from '../text/quoting.ts';
import type { Setting } from './moves.ts';
import type { Commit, Upgrade } from './upgrade.ts';

/** An upgrade as a person follows it, step by step. */
export function upgradeText(upgrade: Upgrade, file: string): string {
  const { installation, now, wanted, commits } = upgrade;
  if (commits.length === 0) return `${installation}: nothing changes: ${standingText(wanted)}.\n`;
  const count =
    commits.length === 1
      ? 'One commit.'
      : `${commits.length} commits. Each is merged and has arrived in the cluster before the next is written.`;
  return `${[
    `${installation}: from ${standingText(now)}\n${' '.repeat(installation.length)}  to   ${standingText(wanted)}\n${count}`,
    ...commits.map((commit, index) => commitText(commit, index + 1, file)),
    ...(isRehearsable(upgrade)
      ? [
          `To try a commit on a copy of last night's backup before it is merged: immich-cdk8s rehearse ${file}`,
        ]
      : []),
  ].join('\n\n')}\n`;
}

/** Whether images change above a database that has a backup. */
function isRehearsable({ now, wanted }: Upgrade): boolean {
  const isChanged =
    now.images.server !== wanted.images.server || now.database?.image !== wanted.database?.image;
  return isChanged && now.database?.folder !== undefined;
}

/** Whether any commit would be refused. */
export function isRefused({ commits }: Upgrade): boolean {
  return commits.some(({ changes }) => changes.some(({ grade }) => grade === 'refused'));
}

function standingText({ version, database }: Standing): string {
  const { postgres, vectorchord } = database?.versions ?? {};
  return [
    `Immich ${version?.text ?? 'of a version that its tag does not tell'}`,
    ...(database === undefined
      ? []
      : [`PostgreSQL ${postgres ?? 'unknown'}, VectorChord ${vectorchord ?? 'unknown'}`]),
  ].join(', ');
}

function commitText({ title, keys, notes, changes, waits }: Commit, number: number, file: string): string {
  const told = changes.filter(({ grade }) => grade !== 'routine');
  const quiet = changes.length - told.length;
  return [
    `${number}. ${title}`,
    ...(keys.length === 0
      ? [`   Write it into ${file} without the steps below, or leave it for later.`]
      : [`   Write into ${file}:`, ...keys.map((key) => `     ${settingText(key)}`)]),
    ...notes.map((note) => `   ${note}`),
    ...told.flatMap(changeLines),
    ...(quiet > 0 ? [`   ${quiet} more ${quiet === 1 ? 'change is' : 'changes are'} routine.`] : []),
    '   Then npm run synth, commit, and merge what it writes.',
    ...(waits.length === 0
      ? []
      : ['   It has arrived when these have ended:', ...waits.map((wait) => `     ${wait}`)]),
  ].join('\n');
}

function changeLines({ grade, sentence, steps, id }: Change): string[] {
  return [
    `   ${grade}: ${sentence}`,
    ...steps.map((step) => `     - ${step}`),
    ...(grade === 'refused' ? [`     synth refuses it unless the file accepts ${quoteWhole(id)}.`] : []),
  ];
}

function settingText({ path, value }: Setting): string {
  return value === undefined ? `${pathText(path)} is taken out` : `${pathText(path)}: ${value}`;
}
