import { repositoryOf, versionOf } from '../../manifests/views/immich.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** Another version of Immich: its server, or machine learning, or both. */
export function immichVersions(comparison: Comparison): Draft[] {
  const moves = movesOf(comparison);
  const servers = moves.filter(({ part }) => part === 'server');
  const [first] = servers.length > 0 ? servers : moves;
  if (first === undefined) return [];
  const { from, to } = first;
  const pairs = moves.map(({ pair }) => pair);
  const fields = [...new Set(moves.map(({ way }) => way))];
  const common = {
    topic: 'service',
    from: from.text,
    to: to.text,
    key: ['version'],
    pairs,
    fields,
  } as const;
  if (compareVersions(to, from) < 0) return [{ ...common, ...down(from, to) }];
  return [{ ...common, ...up(from, to) }];
}

/** One container of Immich with two versions. */
interface Move {
  readonly part: string;
  readonly pair: Pair;
  readonly way: string;
  readonly from: Version;
  readonly to: Version;
}

function movesOf(comparison: Comparison): Move[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }) =>
    after.containers.flatMap((container): Move[] => {
      const part = /(?:^|\/)immich-(server|machine-learning)$/.exec(
        repositoryOf(container.image.text ?? ''),
      )?.[1];
      const earlier = before.containers.find(({ name }) => name === container.name);
      const [from, to] = [versionOf(earlier?.image.text ?? ''), versionOf(container.image.text ?? '')];
      if (part === undefined || from === undefined || to === undefined || from.text === to.text) return [];
      const list = container.init ? 'initContainers' : 'containers';
      return [{ part, pair, way: `spec.template.spec.${list}[${container.name}].image`, from, to }];
    }),
  );
}

function down(from: Version, to: Version): Pick<Draft, 'grade' | 'what' | 'sentence' | 'steps'> {
  return {
    grade: 'refused',
    what: 'downgrade',
    sentence:
      `Immich never takes a database back: ${to.text} does not start on tables that ${from.text} has changed. ` +
      'The way back is a restore of a backup from before, and restoreFrom on a Cluster that exists is ignored.',
    steps: [
      `Keep version: ${from.text}.`,
      `If it has to be ${to.text}: restore a backup from before ${from.text} into a new database, as "Roll back" in RUNBOOK.md says; what was uploaded since is not in it.`,
    ],
  };
}

function up(from: Version, to: Version): Pick<Draft, 'grade' | 'what' | 'sentence' | 'steps'> {
  return {
    grade: 'steps',
    what: 'upgrade',
    sentence: `Immich goes from ${from.text} to ${to.text}, and migrates its database at the start. From then on there is no way back but a restore.`,
    steps: [
      'Make sure that the last backup of the database is complete and not older than a day.',
      `Read the notes of each release after ${from.text} up to ${to.text}: https://github.com/immich-app/immich/releases.`,
    ],
  };
}
