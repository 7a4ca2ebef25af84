import { attentionBetween } from '../../immich/attention.ts';
import { type Migrations, migrationsBetween } from '../../immich/migrations.ts';
import { newestKnown } from '../../immich/versions.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import type { Draft } from '../comparison.ts';

type Told = Pick<Draft, 'grade' | 'what' | 'sentence' | 'steps'>;

/** An older server on a newer database. */
export function downgrade(from: Version, to: Version): Told {
  const isUntouched = isNone(migrationsBetween(to, from));
  return {
    grade: 'refused',
    what: 'downgrade',
    sentence: `${
      isUntouched
        ? `Immich does not support going back, although no migration is recorded between ${to.text} and ${from.text}, so that ${to.text} may well start.`
        : `Immich never takes a database back: ${to.text} does not start on tables that ${from.text} has changed, or fails later.`
    } The way back is a restore of a backup from before, and restoreFrom on a Cluster that exists is ignored by CloudNativePG.`,
    steps: [
      `Keep version: ${from.text}.`,
      `If it has to be ${to.text}: restore a backup from before ${from.text} into a new database, as RUNBOOK.md says under "Roll back"; what was uploaded since is not in it.`,
    ],
  };
}

/** A newer server, which may change the database. */
export function upgrade(from: Version, to: Version): Told {
  const majors = to.major - from.major;
  const migrations = migrationsBetween(from, to);
  const attention = attentionBetween(from, to).map(
    ({ release, text, source }) => `${release.text}: ${text} ${source}`,
  );
  const notes = `Read the notes of every release after ${from.text}: https://github.com/immich-app/immich/releases.`;
  if (isNone(migrations) && majors === 0) {
    return {
      grade: attention.length > 0 ? 'steps' : 'restarting',
      what: 'upgrade',
      sentence: `Immich goes from ${from.text} to ${to.text} and restarts: about a minute. No migration comes with it, so that the tables stay as they are.`,
      steps: [...attention, notes],
    };
  }
  return {
    grade: majors > 1 ? 'refused' : 'steps',
    what: 'upgrade',
    sentence: [
      `Immich goes from ${from.text} to ${to.text} and migrates its database when it starts; from then on there is no way back but a restore of a backup from before.`,
      ...migrationsText(migrations),
      ...(compareVersions(to, newestKnown) > 0
        ? [`${to.text} is newer than what is known here: read its notes before.`]
        : []),
      ...(majors > 1
        ? [`It goes over more than one major version, which nobody tests: ${stops(from, to)}.`]
        : []),
    ].join(' '),
    steps: [
      'See that the last backup of the database is complete and not older than a day; note its name and time.',
      ...(majors > 1 ? [`Go one major version at a time: ${stops(from, to)}.`] : []),
      ...(majors === 1
        ? [
            `Update the apps on all phones to ${to.major}.x on the same day: older ones do not work with a server ${to.major}.x.`,
          ]
        : []),
      ...attention,
      notes,
      'After the start: log in, open a photo, search for a word, and see under Administration > Jobs that nothing fails.',
    ],
  };
}

function isNone({ known, unknown }: Migrations): boolean {
  return known.length === 0 && unknown.length === 0;
}

/** Migrations by name, as long as a person can read them; by number where there are too many. */
function migrationsText({ known, unknown }: Migrations): string[] {
  const count = known.reduce((sum, { names }) => sum + names.length, 0);
  const told = known.map(({ release, names }) =>
    count > mostNames
      ? `${release.text} ${names.length}`
      : `${release.text} ${names.map((name) => name.replace(/^\d+-/, '')).join(', ')}`,
  );
  return [
    ...(known.length === 0 ? [] : [`Migrations: ${told.join('; ')}.`]),
    ...(unknown.length === 0 ? [] : [`Migrations of ${unknown.join(', ')}: not recorded here.`]),
  ];
}

const mostNames = 40;

function stops(from: Version, to: Version): string {
  const between = Array.from({ length: to.major - from.major - 1 }, (_, index) => from.major + index + 1);
  return `first the last release of ${between.map((major) => `v${major}`).join(', then of ')}, let it start, then ${to.text}`;
}
