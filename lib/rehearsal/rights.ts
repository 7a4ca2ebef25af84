import type { Construct } from 'constructs';
import { KubeRole, KubeRoleBinding, KubeServiceAccount } from '../kubernetes/api.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { isOther } from '../values/rehearsal.ts';
import { serverOf, upgradeJobOf, valkeyOf } from './names.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';

/** The account of a rehearsal may make, change and delete its own copy, start its own server, and read logs there. */
export function rights(scope: Construct, { copy, change }: RehearsalPlan): void {
  const { name, namespace, database } = copy;
  const metadata = { name, namespace, labels: ownLabels };
  const ofCnpg = (resource: string) => ({ apiGroups: ['postgresql.cnpg.io'], resources: [resource] });
  const ofServers = (resource: string) => ({
    apiGroups: ['apps'],
    resources: [resource],
    resourceNames: [serverOf(name), valkeyOf(name)],
  });
  new KubeServiceAccount(scope, 'account', { metadata, automountServiceAccountToken: false });
  new KubeRole(scope, 'role', {
    metadata,
    rules: [
      { ...ofCnpg('clusters'), verbs: ['create'] },
      { ...ofCnpg('clusters'), verbs: ['get', 'patch', 'delete'], resourceNames: [database] },
      ...(isOther(change.database)
        ? [
            { ...ofCnpg('databases'), verbs: ['create'] },
            { ...ofCnpg('databases'), verbs: ['get', 'delete'], resourceNames: [database] },
            {
              apiGroups: ['batch'],
              resources: ['jobs'],
              verbs: ['get'],
              resourceNames: [upgradeJobOf(database)],
            },
          ]
        : []),
      ...(isOther(change.server)
        ? [
            { ...ofServers('deployments'), verbs: ['get'] },
            { ...ofServers('deployments/scale'), verbs: ['get', 'update', 'patch'] },
          ]
        : []),
      // What is left of an earlier copy, which image this one runs, and why something failed.
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    ],
  });
  new KubeRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}
