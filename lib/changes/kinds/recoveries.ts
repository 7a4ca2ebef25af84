import type { Field } from '../../manifests/field.ts';
import { importSourceOf } from '../../manifests/views/import-source.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { imageOf } from './database-image.ts';
import { lineageOf } from './lineages.ts';

/** What a Cluster that exists was once made from: CloudNativePG reads it only when it makes one. */
export function recoveries(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'postgresql.cnpg.io', 'Cluster')
    .filter(isChanged)
    .flatMap((pair): Draft[] => {
      const touched = pair.differences.filter(
        ({ way }) => way.startsWith('spec.bootstrap') || way.startsWith('spec.externalClusters'),
      );
      if (touched.length === 0) return [];
      const isCtype = touched.every(({ way }) => way === ctype);
      if (isCtype) return [otherCtype(pair)];
      const imported = otherImport(pair);
      if (imported !== undefined) return [imported];
      const [before, after] = [pair.before, pair.after].map(
        (field) => field.at('spec', 'bootstrap', 'recovery').exists,
      );
      const common = {
        topic: 'data',
        key: ['database', 'cnpg', 'restoreFrom'],
        pairs: [pair],
        fields: ['spec.bootstrap', 'spec.externalClusters'],
      } as const;
      if (after === true) {
        return [
          ...otherMajor(pair),
          {
            ...common,
            grade: 'steps',
            what: before === true ? 'otherRestore' : 'restore',
            from: before === true ? 'restoreFrom' : 'nothing',
            to: 'restoreFrom',
            sentence: `restoreFrom counts only when the database ${pair.name} is made: as long as it exists, CloudNativePG ignores it, and nothing is restored.`,
            steps: [
              `To restore: follow RUNBOOK.md, which first stops Immich and takes the database ${pair.name} away, or give the new one another name.`,
              'Take restoreFrom out again once the restored database has a base backup of its own.',
            ],
          },
        ];
      }
      return [
        {
          ...common,
          grade: before === true ? 'routine' : 'steps',
          what: before === true ? 'restored' : 'bootstrap',
          from: before === true ? 'restoreFrom' : undefined,
          to: before === true ? 'nothing' : undefined,
          sentence:
            before === true
              ? `restoreFrom is gone: ${pair.name} stays as it is, and a database that is made anew by accident is empty instead of restored.`
              : `How ${pair.name} was once set up is written otherwise. It counts only for a database that is made anew: the one that exists stays as it is.`,
          steps:
            before === true ? [] : ['What was meant has to be done by hand in the database that exists.'],
        },
      ];
    });
}

/** Where a database is filled from, as long as that is all that changes of its beginning. */
function otherImport(pair: ChangedPair): Draft | undefined {
  const [before, after] = [pair.before, pair.after].map(importSourceOf);
  const isRestored = [pair.before, pair.after].some((one) => one.at('spec', 'bootstrap', 'recovery').exists);
  if ((before === undefined && after === undefined) || isRestored) return undefined;
  const common = {
    topic: 'data',
    key: ['database', 'cnpg', 'importFrom'],
    pairs: [pair],
    fields: ['spec.bootstrap', 'spec.externalClusters'],
    from: before ?? 'nothing',
    to: after ?? 'nothing',
  } as const;
  return after === undefined
    ? {
        ...common,
        grade: 'routine',
        what: 'imported',
        sentence: `importFrom is gone: ${pair.name} stays as it is, and a database that is made anew by accident is empty instead of imported.`,
      }
    : {
        ...common,
        grade: 'steps',
        what: 'import',
        sentence: `importFrom counts only when the database ${pair.name} is made: as long as it exists, CloudNativePG ignores it, and nothing is imported.`,
        steps: [
          'To import: delete the database on purpose where nothing in it is needed, as RUNBOOK.md says in "Delete on purpose", or give the new one another name and lineage.',
        ],
      };
}

const ctype = 'spec.bootstrap.initdb.localeCType';

/** What a database takes for letters is decided when it is made; the webhook takes the change, and nothing reads it. */
function otherCtype(pair: ChangedPair): Draft {
  const { name, namespace } = pair;
  const place = namespace === undefined ? '' : ` --namespace ${namespace}`;
  const [from, to] = [pair.before, pair.after].map(
    (field) => field.at('spec', 'bootstrap', 'initdb', 'localeCType').text ?? 'C',
  );
  return {
    grade: 'steps',
    topic: 'service',
    what: 'ctype',
    from,
    to,
    key: ['database', 'cnpg'],
    pairs: [pair],
    fields: [ctype],
    sentence: `A database that is made anew gets the ctype ${to} instead of ${from}, which says what a letter is. The database ${name} that exists keeps its own, restarts for nothing and loses nothing; with C, its search finds nothing in other alphabets than that of English.`,
    steps: [
      `See whether it matters: kubectl cnpg psql ${name}${place} -- immich --command "select datctype, show_trgm('море') from pg_database where datname = 'immich'". With {} search is blind for such words.`,
      'PostgreSQL cannot change it in place, and a restore brings it back as it was. The way is a new database with another name and lineage, into which the content is dumped and imported; where everybody writes in the letters of English, there is nothing to do.',
    ],
  };
}

/** A backup starts with the PostgreSQL that made it, and with no other major version. */
function otherMajor(pair: ChangedPair): Draft[] {
  const [from, to] = [pair.before, pair.after].map((cluster) => imageOf(cluster).versions?.major);
  const folder = sourceFolder(pair.after);
  const isOfBefore = folder !== undefined && folder === lineageOf(pair.before);
  if (!isOfBefore || from === undefined || to === undefined || from === to) return [];
  return [
    {
      grade: 'refused',
      topic: 'data',
      what: 'restoreMajor',
      from: String(from),
      to: String(to),
      key: ['database', 'cnpg', 'image'],
      pairs: [pair],
      fields: ['spec.bootstrap', 'spec.externalClusters'],
      sentence: `The backups in the folder ${folder} are of PostgreSQL ${from}, and the database that shall start from them is of ${to}: it does not start, and after the old one was deleted there is none.`,
      steps: [
        `Write the image that made them, ${pair.before.at('spec', 'imageName').text ?? `one of PostgreSQL ${from}`}, restore, and upgrade afterwards in a commit of its own.`,
      ],
    },
  ];
}

/** The folder that a database starts from; undefined where it is not said. */
function sourceFolder(cluster: Field): string | undefined {
  const name = cluster.at('spec', 'bootstrap', 'recovery', 'source').text;
  const source = cluster.at('spec', 'externalClusters').items.find((one) => one.at('name').text === name);
  return (
    source?.at('plugin', 'parameters', 'serverName').text ??
    source?.at('barmanObjectStore', 'serverName').text
  );
}
