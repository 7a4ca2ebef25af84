import { attentionBetween } from '../../immich/attention.ts';
import { newestKnown } from '../../immich/versions.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import type { Draft } from '../comparison.ts';

type Told = Pick<Draft, 'grade' | 'what' | 'sentence' | 'steps'>;

/** An older server on a newer database. */
export function downgrade(from: Version, to: Version): Told {
  return {
    grade: 'refused',
    what: 'downgrade',
    sentence:
      `Immich never takes a database back: ${to.text} does not start on tables that ${from.text} has changed, or fails later. ` +
      'The way back is a restore of a backup from before, and restoreFrom on a Cluster that exists is ignored by CloudNativePG.',
    steps: [
      `Keep version: ${from.text}.`,
      `If it has to be ${to.text}: restore a backup from before ${from.text} into a new database, as RUNBOOK.md says under "Roll back"; what was uploaded since is not in it.`,
    ],
  };
}

/** A newer server, which changes the database. */
export function upgrade(from: Version, to: Version): Told {
  const majors = to.major - from.major;
  const sentences = [
    `Immich goes from ${from.text} to ${to.text} and migrates its database when it starts; from then on there is no way back but a restore of a backup from before.`,
    `Migrations of ${to.text}: not recorded here.`,
    ...(compareVersions(to, newestKnown) > 0
      ? [`${to.text} is newer than what is known here: read its notes before.`]
      : []),
    ...(majors > 1
      ? [`It goes over more than one major version, which nobody tests: ${stops(from, to)}.`]
      : []),
  ];
  return {
    grade: majors > 1 ? 'refused' : 'steps',
    what: 'upgrade',
    sentence: sentences.join(' '),
    steps: [
      'See that the last backup of the database is complete and not older than a day; note its name and time.',
      ...(majors > 1 ? [`Go one major version at a time: ${stops(from, to)}.`] : []),
      ...(majors === 1
        ? [
            `Update the apps on all phones to ${to.major}.x on the same day: older ones do not work with a server ${to.major}.x.`,
          ]
        : []),
      ...attentionBetween(from, to).map(({ release, text, source }) => `${release.text}: ${text} ${source}`),
      `Read the notes of every release after ${from.text}: https://github.com/immich-app/immich/releases.`,
      'After the start: log in, open a photo, search for a word, and see under Administration > Jobs that nothing fails.',
    ],
  };
}

function stops(from: Version, to: Version): string {
  const between = Array.from({ length: to.major - from.major - 1 }, (_, index) => from.major + index + 1);
  return `first the last release of ${between.map((major) => `v${major}`).join(', then of ')}, let it start, then ${to.text}`;
}
