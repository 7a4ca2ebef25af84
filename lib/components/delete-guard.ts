import { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '@cdk8s/imports-kubernetes';
import { Construct } from 'constructs';
import { clusterLabel } from '../cnpg/names.ts';
import { dataLabel, deletionAnnotation } from '../kubernetes/data.ts';
import { ownLabels } from '../kubernetes/labels.ts';

/** Takes everything with it when it goes. */
const guardedNamespace = { apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'] };

/** What holds data, or takes data with it when it goes. */
const guarded = [
  { apiGroups: [''], apiVersions: ['v1'], resources: ['persistentvolumeclaims', 'persistentvolumes'] },
  { apiGroups: ['postgresql.cnpg.io'], apiVersions: ['*'], resources: ['clusters'] },
  { apiGroups: ['barmancloud.cnpg.io'], apiVersions: ['*'], resources: ['objectstores'] },
];

/** What a guard is made for. */
export interface DeleteGuardProps {
  readonly namespace: string;
  readonly sharedNamespace: boolean;
  /** The database in the same Kubernetes cluster, with the namespace of its operator; undefined where there is none. */
  readonly database: { readonly name: string; readonly operatorNamespace: string } | undefined;
}

/**
 * Has the API server refuse to delete what holds data, whoever asks, unless it is annotated.
 *
 * Flux with `force: true` deletes an object that it cannot change, and CloudNativePG deletes the volumes of a Cluster
 * that is gone; neither looks at `prune`. Only objects with our label are guarded, and the claims that CloudNativePG
 * made, so that operators can still remove what they made themselves.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function deleteGuard(scope: Construct, props: DeleteGuardProps): void {
  const { namespace, sharedNamespace, database } = props;
  guard(scope, {
    name: `immich-data-${namespace}`,
    labels: { [dataLabel]: namespace },
    rules: sharedNamespace ? guarded : [guardedNamespace, ...guarded],
    // A copy in another namespace, such as a restore by Velero, has the label too, and is nobody's only data.
    conditions: [
      {
        name: 'of-this-installation',
        expression: `!has(oldObject.metadata.namespace) || oldObject.metadata.namespace == '${namespace}'`,
      },
    ],
  });
  if (database === undefined) return;
  guard(new Construct(scope, 'database'), {
    name: `immich-database-${namespace}`,
    labels: { [clusterLabel]: database.name },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['persistentvolumeclaims'] }],
    conditions: [
      { name: 'of-this-database', expression: `oldObject.metadata.namespace == '${namespace}'` },
      { name: 'by-a-person', expression: byPerson(database.operatorNamespace) },
    ],
  });
}

/**
 * Who is neither CloudNativePG, which deletes the claims of instances that it takes away, nor Kubernetes' garbage
 * collector, which deletes those of a Cluster that is gone, as itself or as the program that it is a part of:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles
 */
function byPerson(operatorNamespace: string): string {
  return [
    `!request.userInfo.username.startsWith('system:serviceaccount:${operatorNamespace}:')`,
    "!(request.userInfo.username in ['system:serviceaccount:kube-system:generic-garbage-collector', 'system:kube-controller-manager'])",
  ].join(' && ');
}

interface Guard {
  /** Of the policy and of what puts it in force. */
  readonly name: string;
  /** What the guarded objects are known by. */
  readonly labels: { readonly [label: string]: string };
  readonly rules: readonly (typeof guardedNamespace)[];
  readonly conditions: readonly { readonly name: string; readonly expression: string }[];
}

function guard(scope: Construct, { name, labels: matchLabels, rules, conditions }: Guard): void {
  const labels = ownLabels;
  new ValidatingAdmissionPolicy(scope, 'policy', {
    metadata: { name, labels },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        objectSelector: { matchLabels },
        resourceRules: rules.map((rule) => ({ ...rule, operations: ['DELETE'] })),
      },
      matchConditions: [...conditions],
      validations: [
        {
          expression: `has(oldObject.metadata.annotations) && '${deletionAnnotation}' in oldObject.metadata.annotations && oldObject.metadata.annotations['${deletionAnnotation}'] == 'allowed'`,
          messageExpression: `'This holds data of Immich. If its deletion is meant, annotate it first: kubectl annotate ' + request.resource.resource + (request.resource.group == '' ? '' : '.' + request.resource.group) + ' ' + oldObject.metadata.name + (has(oldObject.metadata.namespace) ? ' --namespace ' + oldObject.metadata.namespace : '') + ' ${deletionAnnotation}=allowed'`,
          message: `This holds data of Immich. If its deletion is meant, give it the annotation ${deletionAnnotation}=allowed first.`,
          reason: 'Forbidden',
        },
      ],
    },
  });
  new ValidatingAdmissionPolicyBinding(scope, 'binding', {
    metadata: { name, labels },
    spec: { policyName: name, validationActions: ['Deny'] },
  });
}
