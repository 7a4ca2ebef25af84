import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { home } from '../installation/example.ts';

const annotation = 'secret.reloader.stakater.com/reload';
const from = 'environmentFrom: { A: { secret: a-secret, key: a }, B: { secret: b-secret, key: b } }';

function deployments(more: string): ReadonlyMap<string, string | undefined> {
  const { clusters } = synthesize(new Map([['home.yaml', `${home}${more}\n`]]));
  return new Map(
    clusters
      .flatMap(({ manifests }) => manifests)
      .filter(({ object }) => object.kind === 'Deployment')
      .map(({ object }) => [object.metadata?.name ?? '', object.metadata?.annotations?.[annotation]]),
  );
}

test.each([
  ['server', 'immich-server'],
  ['machineLearning', 'immich-machine-learning'],
  ['valkey', 'immich-valkey'],
])('what %s reads of Secrets is named for Reloader', (section, name) => {
  const others = new Map(deployments(''));
  expect([...others.values()]).toEqual([undefined, undefined, undefined]);
  expect(deployments(`${section}: { ${from} }`)).toEqual(others.set(name, 'a-secret,b-secret'));
});
