import { archiveFolderOf, nextLineage, originalLineage } from '../cnpg/lineage.ts';
import { clusterLabel, instanceRoleLabel } from '../cnpg/names.ts';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { Installation } from '../installation/installation.ts';
import { serverName } from '../names.ts';
import type { Plan } from '../plan/plan.ts';

/** The names of one installation, as its runbook writes them into commands. */
export interface Names {
  readonly plan: Plan;
  readonly installation: Installation;
  /** Path of the installation file. */
  readonly file: string;
  /** `kubectl` for the cluster that Immich runs in. */
  readonly app: string;
  /** `kubectl` for the cluster of the database. */
  readonly data: string;
  readonly namespace: string;
  readonly server: string;
  /** What names the cluster of Immich and that of the database on a command line; empty where there is one. */
  readonly context: { readonly app: string; readonly data: string };
  readonly drill: DrillPlan | undefined;
  readonly fileDrill: FileDrillPlan | undefined;
}

export function namesOf(plan: Plan, file: string): Names {
  const { installation, isRemote: isSplit, drill, fileDrill } = plan;
  const { clusters } = installation;
  const context = {
    app: isSplit ? ` --context ${clusters.app}` : '',
    data: isSplit ? ` --context ${clusters.database}` : '',
  };
  return {
    plan,
    installation,
    file,
    app: `kubectl${context.app}`,
    data: `kubectl${context.data}`,
    namespace: installation.namespace,
    server: serverName,
    context,
    drill,
    fileDrill,
  };
}

/** A database of our own with its backup, as the runbook speaks of it. */
export interface BackedDatabase {
  readonly cnpg: Cnpg;
  readonly backup: Exclude<Cnpg['backup'], 'none'>;
  readonly folder: string;
  readonly lineage: string;
  readonly next: string;
}

/** The database with its backup; undefined when somebody else runs it, or it has none. */
export function backedDatabaseOf({ database }: Installation): BackedDatabase | undefined {
  if (database.kind !== 'cnpg' || database.cnpg.backup === 'none') return undefined;
  const { cnpg } = database;
  const lineage = cnpg.lineage ?? originalLineage;
  return {
    cnpg,
    backup: database.cnpg.backup,
    folder: archiveFolderOf(cnpg),
    lineage,
    next: nextLineage(lineage),
  };
}

/** The pod of the primary, as a command finds it. */
export function primaryOf({ data, namespace }: Names, { name }: Cnpg): string {
  return `$(${data} get pod --namespace ${namespace} --selector ${clusterLabel}=${name},${instanceRoleLabel}=primary --output name)`;
}

/** A command that asks the primary of the database. `sql` has no single quotes. */
export function queryCommand(names: Names, cnpg: Cnpg, database: string, sql: string): string {
  return `${names.data} exec --namespace ${names.namespace} ${primaryOf(names, cnpg)} --container postgres -- psql ${database} --command '${sql}'`;
}
