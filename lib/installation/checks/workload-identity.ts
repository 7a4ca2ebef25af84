import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Cnpg } from '../cnpg.ts';
import type { Installation } from '../installation.ts';
import { isOpenedByIdentity, type WorkloadIdentity } from '../workload-identity.ts';

/** An identity of the pods is used, complete, and not that of the database where the drill is concerned. */
export function checkWorkloadIdentity({ database }: Installation, at: Place): void {
  if (database.kind === 'cnpg') checkIdentity(database.cnpg, at.in('database', 'cnpg'));
}

/** The same for a database alone. */
export function checkIdentity({ workloadIdentity, backup }: Cnpg, at: Place): void {
  const drill = backup === 'none' || backup.drill === 'none' ? undefined : backup.drill.workloadIdentity;
  const isUsed = backup !== 'none' && isOpenedByIdentity(backup.store);
  const written = [
    { identity: workloadIdentity, place: at.in('workloadIdentity') },
    { identity: drill, place: at.in('backup', 'drill', 'workloadIdentity') },
  ];
  for (const { identity, place } of written) {
    if (identity === undefined) continue;
    checkLabel(identity, place);
    if (!isUsed) {
      place.warning(
        'No store is opened with an identity of the pods. Write inheritFromAzureAD, inheritFromIAMRole or gkeEnvironment in place of the credentials of the store, or remove it.',
      );
    }
  }
  if (isUsed && workloadIdentity !== undefined && drill === undefined && backup.drill !== 'none') {
    at.in('workloadIdentity').warning(
      'The restore drill opens the store with the same identity, which may write. Write backup: { drill: { workloadIdentity: ... } } with one that may read and list only.',
    );
  }
}

/** https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
function checkLabel({ annotations, podLabels }: WorkloadIdentity, place: Place): void {
  const name = Object.keys(annotations).find((one) => one.startsWith('azure.workload.identity/'));
  if (name !== undefined && podLabels['azure.workload.identity/use'] !== 'true') {
    place
      .in('annotations', name)
      .error(
        `${quote(name)} does nothing without a label of the pods. Write podLabels: { azure.workload.identity/use: "true" } beside annotations.`,
      );
  }
}
