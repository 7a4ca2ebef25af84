import { type Placement, sameNodes } from '../../installation/placement.ts';
import { podSecurity } from '../hardened.ts';
import { placementOfPod } from '../placement.ts';
import { postgresUser } from './psql.ts';

/**
 * What the pods of every Job beside a database have: an account of their own without its token, the nodes of the database,
 * and no second start in the same pod.
 *
 * @param owner Numeric user and group; default those of PostgreSQL in CloudNativePG's images.
 */
export function jobPod(
  account: string,
  database: Omit<Placement, 'runtimeClass'>,
  { user, group }: { readonly user: number; readonly group: number } = {
    user: postgresUser,
    group: postgresUser,
  },
) {
  return {
    serviceAccountName: account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    ...placementOfPod(sameNodes(database), {}),
    securityContext: podSecurity(user, group),
  };
}
