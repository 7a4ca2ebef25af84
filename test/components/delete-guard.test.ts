import { deleteGuard } from '../../lib/components/delete-guard.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';
import { built, objectIn } from './built.ts';

const text = built((chart) => deleteGuard(chart, { namespace: 'photos', sharedNamespace: false }));
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
  const shared = built((chart) => deleteGuard(chart, { namespace: 'media', sharedNamespace: true }));
  const { resourceRules } = objectIn(shared, 'ValidatingAdmissionPolicy').spec.matchConstraints;
  const resources = resourceRules.flatMap((rule: { resources: string[] }) => rule.resources);
  expect(resources).toEqual(['persistentvolumeclaims', 'persistentvolumes', 'clusters', 'objectstores']);
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
