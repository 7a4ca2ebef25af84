import type { Expectations } from '../drill/checks.ts';
import { type DrillPlan, drillPlanOf } from '../drill/drill-plan.ts';
import { extensionsOf } from '../immich/extensions.ts';
import { tablesOf } from '../immich/tables.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import { drillNamespaceOf } from '../installation/drill-namespace.ts';
import type { Installation } from '../installation/installation.ts';
import { rehearsalName } from '../names.ts';
import type { Image } from '../values/image.ts';
import { isOther, type RehearsedChange } from '../values/rehearsal.ts';

/** Everything that a rehearsal is made of. */
export interface RehearsalPlan {
  readonly kind: 'rehearsal';
  readonly change: RehearsedChange;
  /** The drill of the backups that are there, by names of its own: it restores the copy. */
  readonly copy: DrillPlan;
  /** The database as it shall be. */
  readonly next: { readonly cnpg: Cnpg; readonly image: Image; readonly installation: Installation };
  /** The installation that the backups are of. */
  readonly standing: Installation;
  /** What the copy must hold, whatever it becomes. */
  readonly expectations: Expectations;
}

/** Why there is no rehearsal, as a sentence. */
export interface NoRehearsal {
  /** Whether there is nothing to rehearse, or nothing to rehearse it on. */
  readonly kind: 'needless' | 'impossible';
  readonly reason: string;
}

/**
 * The rehearsal of a change, on the backups of what stands today.
 *
 * @param standing The installation that is merged, whose drill's namespace and backups are there.
 * @param wanted The installation as its file has it.
 */
export function rehearsalPlanOf(standing: Installation, wanted: Installation): RehearsalPlan | NoRehearsal {
  const [before, after] = [databaseIn(standing), databaseIn(wanted)];
  if (before === undefined || after === undefined) {
    return impossible(
      'database: It is one that others run, so that no backup of it is known here. Rehearse its upgrade with whoever runs it, or write database.cnpg with a backup for one of ours.',
    );
  }
  const change: RehearsedChange = {
    installation: wanted.name,
    database: { before: before.image.text, after: after.image.text },
    server: { before: standing.images.server.text, after: wanted.images.server.text },
  };
  if (!isOther(change.database) && !isOther(change.server)) {
    return {
      kind: 'needless',
      reason: `${wanted.name}: nothing to rehearse: the database stays ${before.image.text}, and Immich ${standing.version.text}.`,
    };
  }
  if (before.cnpg.backup === 'none') {
    return impossible(
      'database.cnpg.backup is none in what is merged, and a rehearsal restores a backup. Write a backup with its store, merge that, and rehearse after the first night.',
    );
  }
  const namespace = drillNamespaceOf(standing);
  const copy = namespace === undefined ? undefined : copyOf(standing, before, namespace);
  if (copy === undefined) {
    return impossible(
      'database.cnpg.backup.drill is none in what is merged, and a rehearsal needs the namespace and the read-only Secret of the drill. Take "drill: none" out, merge that, and rehearse after it.',
    );
  }
  return {
    kind: 'rehearsal',
    change,
    copy,
    next: { ...after, installation: wanted },
    standing,
    expectations: {
      ...copy.expectations,
      extensions: extensionsOf(after.image),
      tables: tablesOf(isOther(change.server) ? wanted.version : standing.version),
    },
  };
}

function databaseIn({ database, images }: Installation) {
  return database.kind === 'cnpg' && images.database !== undefined
    ? { cnpg: database.cnpg, image: images.database }
    : undefined;
}

function copyOf(
  { version, mediaLocation }: Installation,
  { cnpg, image }: { readonly cnpg: Cnpg; readonly image: Image },
  namespace: string,
): DrillPlan | undefined {
  // As of a sleeping Immich: how new the backup is, is a question of the drill.
  return drillPlanOf({
    cnpg,
    image,
    version,
    namespace,
    name: rehearsalName,
    mediaLocation,
    isStopped: true,
  });
}

function impossible(reason: string): NoRehearsal {
  return { kind: 'impossible', reason };
}
