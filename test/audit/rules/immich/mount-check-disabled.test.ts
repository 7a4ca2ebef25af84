import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

test('machine learning has no mounts to check', () => {
  const env = 'env: [{ name: IMMICH_IGNORE_MOUNT_CHECK_ERRORS, value: "true" }]';
  const found = ['warning spec.template.spec.containers.0.env.0.value'];
  expect(said('mount-check-disabled', documents(server(''), machineLearning(env)))).toEqual([]);
  expect(said('mount-check-disabled', documents(server(env), machineLearning('')))).toEqual(found);
});
