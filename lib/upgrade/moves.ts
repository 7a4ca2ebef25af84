import { type Standing, type StandingDatabase, withTag } from '../changes/standing.ts';
import { nextLineage } from '../cnpg/lineage.ts';
import { releases } from '../immich/releases.ts';
import type { LearningPool } from '../installation/machine-learning.ts';
import type { Path } from '../text/path.ts';
import { parseImage } from '../values/image.ts';
import { compareVersions, type Version } from '../values/version.ts';

/** One change of an upgrade: what it is called, and the keys of the installation file that it sets. */
export interface Move {
  readonly title: string;
  /** Path in the file to its value; undefined for a key that goes. */
  readonly keys: readonly Setting[];
  /** What a person has to know to write it. */
  readonly notes: readonly string[];
}

/** Pods of machine learning: the name of their Deployment, and where the file describes them. */
export type Pool = Pick<LearningPool, 'name' | 'path'>;

/** A key of an installation file, and its value; without one it is taken out. */
export interface Setting {
  readonly path: Path;
  readonly value: string | undefined;
}

const imagePath = ['database', 'cnpg', 'image'];
const extensionPath = ['database', 'cnpg', 'vectorchord', 'image'];
const lineagePath = ['database', 'cnpg', 'lineage'];
const restorePath = ['database', 'cnpg', 'restoreFrom'];

/** What the database goes through, one thing at a time: VectorChord before a major version of PostgreSQL. */
export function databaseMoves(now: StandingDatabase, wanted: StandingDatabase): Move[] {
  if (now.image === wanted.image && now.vectorchord === wanted.vectorchord) return [];
  const [from, to] = [now.versions, wanted.versions];
  const last: Move = {
    title: `${databaseTitle(now, wanted)}`,
    keys: imageKeys(wanted, now),
    notes: [],
  };
  if (from === undefined || to === undefined || from.major >= to.major) return [last];
  const major: Move = {
    title: `PostgreSQL ${from.postgres} to ${to.postgres}`,
    keys: [...last.keys, ...newLineage(now, wanted), { path: restorePath, value: undefined }],
    notes:
      now.folder === undefined
        ? []
        : [
            'The lineage is one that was never used, and restoreFrom is left out: the data stay where they are, and only the archive begins anew.',
          ],
  };
  const image = parseImage(wanted.image);
  // Where it comes as a volume, no tag of PostgreSQL has another one.
  if (now.vectorchord !== undefined || wanted.vectorchord !== undefined) return [major];
  if (from.vectorchord === to.vectorchord || to.vectorchord === undefined || !image.ok) return [major];
  const tag = `${from.major}-${to.vectorchord}`;
  return [
    {
      title: `VectorChord ${from.vectorchord ?? 'unknown'} to ${to.vectorchord}`,
      keys: [{ path: imagePath, value: withTag(image.value, tag) }],
      notes: [
        `Best with the newest tag of PostgreSQL ${from.major} with VectorChord ${to.vectorchord}, such as ${from.major}.x-${to.vectorchord}, and its digest. See that the registry has it.`,
      ],
    },
    major,
  ];
}

/** The keys of the images of a database; that of a volume only where one of both has it. */
function imageKeys(database: StandingDatabase, other: StandingDatabase): Setting[] {
  return [
    { path: imagePath, value: database.image },
    ...(database.vectorchord === undefined && other.vectorchord === undefined
      ? []
      : [{ path: extensionPath, value: database.vectorchord }]),
  ];
}

/** The lineage that a new major version archives to: the one that is wanted, or the next that was never used. */
function newLineage(now: StandingDatabase, wanted: StandingDatabase): Setting[] {
  if (now.folder === undefined) return [];
  const chosen = wanted.folder !== undefined && wanted.folder !== now.folder ? wanted.folder : undefined;
  return [{ path: lineagePath, value: lineageIn(chosen, now.name) ?? nextLineage(lineageOf(now)) }];
}

/** The lineage that a database has by the folder that it archives to; undefined for its first life. */
export function lineageOf({ folder, name }: StandingDatabase): string | undefined {
  return lineageIn(folder, name);
}

function lineageIn(folder: string | undefined, name: string): string | undefined {
  return folder?.startsWith(`${name}-`) ? folder.slice(name.length + 1) : undefined;
}

function databaseTitle(
  { versions: from, image }: StandingDatabase,
  { versions: to, ...wanted }: StandingDatabase,
) {
  if (from === undefined || to === undefined) return `The image of the database, ${image} to ${wanted.image}`;
  const parts = [
    ...(from.postgres === to.postgres ? [] : [`PostgreSQL ${from.postgres} to ${to.postgres}`]),
    ...(from.vectorchord === to.vectorchord
      ? []
      : [`VectorChord ${from.vectorchord ?? 'unknown'} to ${to.vectorchord ?? 'unknown'}`]),
  ];
  return parts.length === 0 ? 'Another image of the same versions' : parts.join(', ');
}

/** What Immich goes through: no major version is left out, since nobody tests that. */
export function immichMoves(now: Standing, wanted: Standing, pools: readonly Pool[]): Move[] {
  const [from, to] = [now.version, wanted.version];
  if (from === undefined || to === undefined || compareVersions(from, to) === 0) return [];
  return [...stopsBetween(from, to), to].reduce<{ at: Version; moves: Move[] }>(
    ({ at, moves }, stop) => ({
      at: stop,
      moves: [...moves, immichMove(at, stop, stop === to ? wanted : undefined, pools)],
    }),
    { at: from, moves: [] },
  ).moves;
}

/** The newest known release of each major version between two. */
function stopsBetween(from: Version, to: Version): Version[] {
  const known = releases().map(({ version }) => version);
  const between = Array.from(
    { length: Math.max(0, to.major - from.major - 1) },
    (_, index) => from.major + 1 + index,
  );
  return between.flatMap((major) => known.findLast((version) => version.major === major) ?? []);
}

function immichMove(from: Version, to: Version, wanted: Standing | undefined, pools: readonly Pool[]): Move {
  return {
    title: `Immich ${from.text} to ${to.text}`,
    keys: [
      { path: ['version'], value: to.text },
      { path: ['server', 'image'], value: wanted?.images.server },
      ...learningKeys(wanted, pools),
    ],
    notes: [],
  };
}

/** The keys of the images of machine learning, each of which is written where its pods are. */
function learningKeys(standing: Standing | undefined, pools: readonly Pool[]): Setting[] {
  return pools.map(({ name, path }) => ({
    path: [...path, 'image'],
    value: standing?.images.machineLearning.get(name),
  }));
}

/** The keys with which a wanted file says what stands now. */
export function presentKeys(now: Standing, wanted: Standing, pools: readonly Pool[]): Setting[] {
  const { version, images, database } = now;
  return [
    ...(version === undefined ||
    wanted.version === undefined ||
    compareVersions(version, wanted.version) === 0
      ? []
      : [
          { path: ['version'], value: version.text },
          { path: ['server', 'image'], value: images.server },
          ...learningKeys(now, pools),
        ]),
    ...(database === undefined ||
    wanted.database === undefined ||
    (database.image === wanted.database.image && database.vectorchord === wanted.database.vectorchord)
      ? []
      : [
          ...imageKeys(database, wanted.database),
          ...(isMajor(database, wanted.database)
            ? [
                { path: lineagePath, value: lineageOf(database) },
                { path: restorePath, value: undefined },
              ]
            : []),
        ]),
  ];
}

function isMajor({ versions: from }: StandingDatabase, { versions: to }: StandingDatabase): boolean {
  return from !== undefined && to !== undefined && from.major < to.major;
}
