import { parse } from 'yaml';
import { deleteGuard } from '../../lib/components/delete-guard.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';
import { built, objectIn } from './built.ts';

const text = built((chart) =>
  deleteGuard(chart, { namespace: 'photos', sharedNamespace: false, database: undefined }),
);
const policy = objectIn(text, 'ValidatingAdmissionPolicy');
const binding = objectIn(text, 'ValidatingAdmissionPolicyBinding');

test('a policy, and what puts it in force', () => {
  expect(text).toMatchSnapshot();
});

test('the binding denies, and names the policy', () => {
  expect(binding.spec).toEqual({ policyName: policy.metadata.name, validationActions: ['Deny'] });
});

test('one expression lets through what is annotated, and nothing else', () => {
  const [validation, ...more] = policy.spec.validations;
  expect(more).toEqual([]);
  expect(validation.expression).toBe(
    "has(oldObject.metadata.annotations) && 'immich-cdk8s/delete' in oldObject.metadata.annotations && oldObject.metadata.annotations['immich-cdk8s/delete'] == 'allowed'",
  );
  // The new object is null when something is deleted.
  expect(validation.expression).not.toMatch(/\bobject\./);
});

test('a copy in another namespace can be deleted', () => {
  expect(policy.spec.matchConditions).toEqual([
    {
      name: 'of-this-installation',
      expression: "!has(oldObject.metadata.namespace) || oldObject.metadata.namespace == 'photos'",
    },
  ]);
});

test('a namespace of others is not guarded, the claims and the database in it are', () => {
  const shared = built((chart) =>
    deleteGuard(chart, { namespace: 'media', sharedNamespace: true, database: undefined }),
  );
  const { resourceRules } = objectIn(shared, 'ValidatingAdmissionPolicy').spec.matchConstraints;
  const resources = resourceRules.flatMap((rule: { resources: string[] }) => rule.resources);
  expect(resources).toEqual(['persistentvolumeclaims', 'persistentvolumes', 'clusters', 'objectstores']);
});

describe('the claims of the database', () => {
  const database = { name: 'photos-db', operatorNamespace: 'databases' };
  const [, claims] = built((chart) =>
    deleteGuard(chart, { namespace: 'photos', sharedNamespace: true, database }),
  )
    .split('---\n')
    .map((object) => parse(object))
    .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');

  test('are known by the label that CloudNativePG gives them, in this namespace', () => {
    expect(claims.spec.matchConstraints).toEqual({
      objectSelector: { matchLabels: { 'cnpg.io/cluster': 'photos-db' } },
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['DELETE'],
          resources: ['persistentvolumeclaims'],
        },
      ],
    });
    expect(claims.spec.matchConditions[0]).toEqual({
      name: 'of-this-database',
      expression: "oldObject.metadata.namespace == 'photos'",
    });
    expect(claims.spec.validations).toEqual(policy.spec.validations);
  });

  test('are refused to a person, and not to the operator and what clears up after a Cluster', () => {
    expect(claims.spec.matchConditions[1]).toEqual({
      name: 'by-a-person',
      expression:
        "!request.userInfo.username.startsWith('system:serviceaccount:databases:') && !(request.userInfo.username in ['system:serviceaccount:kube-system:generic-garbage-collector', 'system:kube-controller-manager'])",
    });
  });

  test.each(Object.entries(shippedTexts))('of %s are guarded where its database is', (name, installation) => {
    const { clusters } = synthesize(new Map([['installations/x.yaml', installation]]));
    for (const { manifests } of clusters) {
      const kinds = manifests.map(({ object }) => object.kind);
      const guards = manifests.filter(
        ({ object }) =>
          object.kind === 'ValidatingAdmissionPolicy' &&
          object.metadata?.name?.startsWith('immich-database-'),
      );
      expect(guards).toHaveLength(kinds.includes('Cluster') ? 1 : 0);
    }
    expect(clusters.length).toBe(name === 'tachtit' ? 2 : 1);
  });
});

describe('what is guarded', () => {
  const { resourceRules, objectSelector } = policy.spec.matchConstraints;

  test('is asked about before it is deleted, and only then', () => {
    expect(resourceRules.map((rule: { operations: string[] }) => rule.operations)).toEqual([
      ['DELETE'],
      ['DELETE'],
      ['DELETE'],
      ['DELETE'],
    ]);
    expect(policy.spec.failurePolicy).toBe('Fail');
  });

  test('has our label with its namespace, so that operators can delete what they made', () => {
    expect(objectSelector).toEqual({ matchLabels: { 'immich-cdk8s/data': 'photos' } });
  });

  test.each(Object.entries(shippedTexts))('is every object of %s that holds data', (name, installation) => {
    const kinds = new Set(
      synthesize(new Map([['installations/x.yaml', installation]]))
        .clusters.flatMap(({ manifests }) => manifests)
        .filter(({ object }) => object.metadata?.labels?.['immich-cdk8s/data'] !== undefined)
        .map(({ object }) => `${object.kind.toLowerCase()}s`),
    );
    const guarded: string[] = resourceRules.flatMap((rule: { resources: string[] }) => rule.resources);
    expect(guarded).toEqual(expect.arrayContaining([...kinds]));
    expect(kinds).toContain('namespaces');
    expect(kinds.has('clusters')).toBe(name !== 'k3s');
  });
});
