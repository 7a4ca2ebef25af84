import { archiveFolderOf } from '../../cnpg/lineage.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { ageText } from '../age.ts';
import type { Check } from '../check.ts';
import { judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the last base backup of the database is young enough, and how far back the backups reach. */
export const baseBackups: Check = {
  id: 'base-backups',
  title: 'Backups of the database',
  isOfLife: true,
  look: async ({ plan, cluster, kubectl, now }, living) => {
    const { database, clusters, namespace } = plan.installation;
    if (database.kind !== 'cnpg' || cluster !== clusters.database) return [];
    const { name, backup } = database.cnpg;
    if (backup === 'none') return [];
    // With the plugin the Cluster is never told: https://github.com/cloudnative-pg/cloudnative-pg/issues/10456
    const isPlugin = backup.method === 'plugin';
    const path = isPlugin
      ? objectPath({ apiVersion: 'barmancloud.cnpg.io/v1', resource: 'objectstores', namespace }, name)
      : objectPath({ apiVersion: 'postgresql.cnpg.io/v1', resource: 'clusters', namespace }, name);
    return judge(await living.get(path), 'The base backups', {
      seen: (value) => {
        const status = live(value).at('status');
        const window = isPlugin ? status.at('serverRecoveryWindow', archiveFolderOf(database.cnpg)) : status;
        const last = window.at(isPlugin ? 'lastSuccessfulBackupTime' : 'lastSuccessfulBackup').text;
        const failed = window.at(isPlugin ? 'lastFailedBackupTime' : 'lastFailedBackup').text;
        const first = window.at('firstRecoverabilityPoint').text;
        const list = `${kubectl} get backups.postgresql.cnpg.io --namespace ${namespace} --sort-by .metadata.creationTimestamp`;
        const due = `one is due ${backup.schedule.words}`;
        if (last === undefined) {
          const young = now - Date.parse(live(value).at('metadata', 'creationTimestamp').text ?? '') < day;
          const message = `There is no base backup yet; ${due}.`;
          return [young ? sayWarning(message, list) : sayError(message, list)];
        }
        const age = now - Date.parse(last);
        if (age > (longestGap(backup.schedule) + 2 * 3600) * 1000) {
          return [sayError(`The last base backup was made ${ageText(age)} ago, at ${last}; ${due}.`, list)];
        }
        const reach = first === undefined ? '' : ` A restore can go back to ${first}.`;
        const made = `The last base backup was made ${ageText(age)} ago, at ${last}.${reach}`;
        return [
          failed !== undefined && Date.parse(failed) > Date.parse(last)
            ? sayWarning(`${made} One has failed since, at ${failed}.`, list)
            : sayWell(made),
        ];
      },
      // The check of the database says that it is missing.
    });
  },
};

const day = 24 * 3600 * 1000;
