import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

test('a budget over a pool counts all of its pods', () => {
  const budget = (selector: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: immich, namespace: immich }
spec: { minAvailable: 1, selector: { matchLabels: { ${selector} } } }`;
  const label = (name: string) =>
    server('')
      .replace('app: immich-server }', `app: ${name}, all: yes-all }`)
      .replace('name: immich-server,', `name: ${name},`);
  expect(said('budget-blocks-draining', documents(label('a'), budget('app: a')))).toHaveLength(1);
  expect(said('budget-blocks-draining', documents(label('a'), label('b'), budget('all: yes-all')))).toEqual(
    [],
  );
});
