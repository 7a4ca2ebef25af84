import { backedDatabaseOf, type Names, queryCommand } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A page that takes long. */
export function pageIsSlow(names: Names): Section {
  const { app, data, namespace, installation, file, plan } = names;
  const { database, server, volumes } = installation;
  return {
    title: 'A page is slow',
    blocks: [
      commands(
        `${app} top pods --namespace ${namespace} --containers`,
        ...(plan.isRemote ? [`${data} top pods --namespace ${namespace} --containers`] : []),
        ...(database.kind === 'cnpg'
          ? [
              queryCommand(
                names,
                database.cnpg,
                'immich',
                'select now() - query_start as since, state, left(query, 100) as query from pg_stat_activity where state <> $$idle$$ order by 1 desc limit 10',
              ),
            ]
          : []),
      ),
      bullets(
        `Jobs are running: after an import or an upgrade Immich computes for hours. Administration > Jobs shows them, and lets them run with less at once.${server.microservices.separate ? '' : ' `server: { microservices: { separate: true } }` gives them a pod of their own.'}`,
        `A container is at its limit of CPU or memory: raise it in \`${file}\`.`,
        `Thumbnails come slowly and everything else is quick: they lie on slow storage.${volumes.generated === undefined ? ' `volumes.generated` gives them a volume of their own.' : ''}`,
        ...(database.kind === 'cnpg'
          ? [
              `Queries run for seconds: the database has ${database.cnpg.resources.limits.memory?.text ?? 'no limit of'} memory; its working set should fit. Slow storage shows here first.`,
            ]
          : []),
        ...(backedDatabaseOf(installation) === undefined
          ? []
          : ['Every night at the same time: the backup. Move its schedule.']),
      ),
    ],
  };
}
