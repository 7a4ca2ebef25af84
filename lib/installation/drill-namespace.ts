import { backedUpOf } from './database.ts';
import type { Installation } from './installation.ts';

/** The namespace of the restore drill, such as `immich-drill` for an Immich in `immich`; undefined without a drill. */
export function drillNamespaceOf({
  database,
  namespace,
}: Pick<Installation, 'database' | 'namespace'>): string | undefined {
  const backup = backedUpOf(database)?.backup;
  if (backup === undefined || backup === 'none') return undefined;
  const { drill } = backup;
  return drill === 'none' ? undefined : (drill.namespace ?? drillNamespaceFor(namespace));
}

/** The namespace of the drill beside a namespace, where nobody names another one. */
export function drillNamespaceFor(namespace: string): string {
  return `${namespace}-drill`;
}
