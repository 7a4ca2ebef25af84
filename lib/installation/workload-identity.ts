import { record } from '../schema/list.ts';
import { defaulting, mapping } from '../schema/mapping.ts';
import { anyText } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import type { Store } from './store.ts';
import { labelName, labelValue } from './texts.ts';

/** What tells a cloud who the pods of a database are, for a store that is opened without a Secret. */
export type WorkloadIdentity = Read<typeof workloadIdentity>;

export const workloadIdentity = mapping({
  annotations: defaulting(
    record(labelName, anyText),
    {},
    'Annotations of the ServiceAccount, such as eks.amazonaws.com/role-arn or iam.gke.io/gcp-service-account.',
  ),
  podLabels: defaulting(
    record(labelName, labelValue),
    {},
    'Labels of the pods, such as azure.workload.identity/use: "true".',
  ),
});

/** Whether the pods themselves have an identity that opens the store. */
export function isOpenedByIdentity({ credentials: { kind } }: Pick<Store, 'credentials'>): boolean {
  return kind === 'inheritFromAzureAD' || kind === 'inheritFromIAMRole' || kind === 'gkeEnvironment';
}
