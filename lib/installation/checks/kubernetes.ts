import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import type { Installation } from '../installation.ts';

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
const firstWithPolicies: Version = { text: '1.30', major: 1, minor: 30, patch: 0 };

/** The cluster has the kinds of objects that its guard is made of, where the file says what cluster it is. */
export function checkKubernetes({ kubernetes, protection }: Installation, at: Place): void {
  if (kubernetes === undefined || compareVersions(kubernetes, firstWithPolicies) >= 0) return;
  if (protection.admission) {
    at.in('kubernetes').error(
      `${quote(kubernetes.text)} has no ValidatingAdmissionPolicy, by which data is guarded against deletion: Kubernetes has it from ${firstWithPolicies.text} on, and Flux would fail to apply it. Upgrade the cluster, or write protection: { admission: false }.`,
    );
  }
}
