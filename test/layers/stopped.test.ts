import { Field } from '../../lib/manifests/field.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfEdits } from '../changes/judged.ts';
import { type Edit, edited, home, tachtit } from '../installation/example.ts';

const asleep: Edit = ['host: photos', 'stopped: true\nhost: photos'];

function fieldsOf(text: string): Field[] {
  const { clusters, problems, findings } = synthesize(new Map([['installations/x.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  return clusters.flatMap(({ manifests }) => manifests.map(Field.of));
}

const ofKind = (fields: readonly Field[], kind: string) =>
  fields.filter((field) => field.get('kind') === kind);
const drillOf = (fields: readonly Field[]) =>
  ofKind(fields, 'ConfigMap')
    .filter((field) => field.at('metadata', 'name').text === 'immich-drill')
    .map(({ value }) => JSON.stringify(value))
    .join();

test('no pod of Immich runs, and the database stays', () => {
  const fields = fieldsOf(
    edited(tachtit, asleep, [
      'server:\n  resources',
      'server:\n  microservices: { separate: true }\n  resources',
    ]),
  );
  const deployments = ofKind(fields, 'Deployment');
  expect(deployments.map((field) => field.at('metadata', 'name').text).sort()).toEqual([
    'immich-machine-learning',
    'immich-microservices',
    'immich-server',
    'immich-valkey',
  ]);
  expect(deployments.map((field) => field.get('spec', 'replicas'))).toEqual([0, 0, 0, 0]);
  expect(ofKind(fields, 'Cluster').map((field) => field.get('spec', 'instances'))).toEqual([2]);
});

test('the drill asks for nothing new, and for all the rest', () => {
  const [awake, sleeping] = [drillOf(fieldsOf(home)), drillOf(fieldsOf(edited(home, asleep)))];
  for (const [check, isAskedAsleep] of [
    ['the newest entry is of', false],
    ['the newest photo came at', false],
    ['percent are lost', true],
  ] as const) {
    expect(awake).toContain(check);
    expect(sleeping.includes(check)).toBe(isAskedAsleep);
  }
});

test('both ways are told once, and nothing else restarts', () => {
  const told = (...edits: readonly Edit[]) =>
    changesOfEdits(home, ...edits).filter(({ grade }) => grade !== 'routine');
  const [stop, ...others] = told(asleep);
  expect(others).toEqual([]);
  expect(stop).toMatchObject({
    grade: 'restarting',
    id: 'home:stopped:stop:false->true',
    objects: [
      'Deployment immich/immich-server',
      'Deployment immich/immich-machine-learning',
      'Deployment immich/immich-valkey',
    ],
  });
  expect(stop?.sentence).toMatch(/^Immich stops and stays so: nobody reaches it/);
});
