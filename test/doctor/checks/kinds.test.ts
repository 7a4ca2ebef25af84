import { kinds } from '../../../lib/doctor/checks/kinds.ts';
import { found, serving } from '../living.ts';

test('everything is served', async () => {
  const lines = await found(kinds, { paths: serving() });
  expect(lines.filter((line) => !line.startsWith('well: '))).toEqual([]);
  expect(lines).toContain('well: barmancloud.cnpg.io/v1 is served: ObjectStore.');
  // Files of kustomize are no objects.
  expect(lines.join()).not.toContain('kustomize.config.k8s.io');
});

test('a group is missing, a kind is, and one may not be looked at', async () => {
  const { '/apis/barmancloud.cnpg.io/v1': _, ...others } = serving();
  const lines = await found(kinds, {
    paths: {
      ...others,
      '/apis/admissionregistration.k8s.io/v1': { resources: [{ kind: 'ValidatingWebhookConfiguration' }] },
      '/apis/traefik.io/v1alpha1': 'forbidden',
    },
  });
  const told = lines.filter((line) => !line.startsWith('well: '));
  expect(new Set(told)).toEqual(
    new Set([
      'error: barmancloud.cnpg.io/v1 is not served, and dist has ObjectStore of it.',
      '  Install the Barman Cloud plugin, into the namespace of the operator: https://cloudnative-pg.io/plugin-barman-cloud/docs/installation/',
      'error: ValidatingAdmissionPolicy and ValidatingAdmissionPolicyBinding of admissionregistration.k8s.io/v1: not served, and in dist.',
      '  Kubernetes has it from 1.30 on. Update it, or write protection: { admission: false }.',
      'unseen: The kinds of traefik.io/v1alpha1: jane may not',
    ]),
  );
});
