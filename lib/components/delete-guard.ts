import { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '@cdk8s/imports-kubernetes';
import type { Construct } from 'constructs';
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

/**
 * Has the API server refuse to delete what holds data, whoever asks, unless it is annotated.
 *
 * Flux with `force: true` deletes an object that it cannot change, and CloudNativePG deletes the volumes of a Cluster
 * that is gone; neither looks at `prune`. Only objects with our label are guarded, so that operators can still remove
 * what they made themselves. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function deleteGuard(
  scope: Construct,
  { namespace, sharedNamespace }: { readonly namespace: string; readonly sharedNamespace: boolean },
): void {
  const rules = sharedNamespace ? guarded : [guardedNamespace, ...guarded];
  const name = `immich-data-${namespace}`;
  const labels = ownLabels;
  new ValidatingAdmissionPolicy(scope, 'policy', {
    metadata: { name, labels },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        objectSelector: { matchLabels: { [dataLabel]: namespace } },
        resourceRules: rules.map((rule) => ({ ...rule, operations: ['DELETE'] })),
      },
      // A copy in another namespace, such as a restore by Velero, has the label too, and is nobody's only data.
      matchConditions: [
        {
          name: 'of-this-installation',
          expression: `!has(oldObject.metadata.namespace) || oldObject.metadata.namespace == '${namespace}'`,
        },
      ],
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
