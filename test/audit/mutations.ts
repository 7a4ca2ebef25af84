import { edited, home, k3s, tachtit } from '../installation/example.ts';
import { type Breakable, Breakage, clustersOfText } from './mutation.ts';

/** One thing that is broken in clean manifests. */
export interface Mutation {
  readonly what: string;
  readonly base: Base;
  readonly mutate: (manifests: Breakage) => unknown;
  /** The rules that report it, and no others. */
  readonly rules: readonly string[];
}

/** Clean manifests, by what they are of. */
const clean = {
  home: () => clustersOfText(home)[0],
  k3s: () => clustersOfText(k3s)[0],
  tachtit: () => clustersOfText(tachtit)[0],
  'tachtit-data': () => clustersOfText(tachtit)[1],
  monitored: () =>
    clustersOfText(
      edited(
        k3s,
        ['host: photos', 'monitoring: { enabled: true }\nhost: photos'],
        ['# authentication', 'authentication'],
      ),
    )[0],
};

type Base = keyof typeof clean;

export const server = 'app/deployment.immich-server.yaml';
export const learning = 'app/deployment.immich-machine-learning.yaml';

export function pod(manifests: Breakage, file: string): Breakable {
  return manifests.at(file).spec.template.spec;
}

export function container(manifests: Breakage, file: string): Breakable {
  return pod(manifests, file).containers[0];
}

export function variable(manifests: Breakage, file: string, name: string): Breakable {
  return container(manifests, file).env.find((one: { name: string }) => one.name === name);
}

/** Shows that each mutation of clean manifests is found, by its own rules alone. */
export function testMutations(mutations: readonly Mutation[]): void {
  const made = new Map<Base, ReturnType<(typeof clean)[Base]>>();
  const breakage = (base: Base): Breakage => {
    const cluster = made.get(base) ?? clean[base]();
    if (cluster === undefined) throw new Error(`There is no ${base}.`);
    made.set(base, cluster);
    return new Breakage(cluster);
  };

  test.each([...new Set(mutations.map(({ base }) => base))])('%s is clean', (base) => {
    expect(breakage(base).findings()).toEqual([]);
  });

  test('no two mutations have one name', () => {
    expect(new Set(mutations.map(({ what }) => what)).size).toBe(mutations.length);
  });

  test.each(mutations)('$what: $rules', ({ base, mutate, rules }) => {
    const manifests = breakage(base);
    mutate(manifests);
    expect(manifests.findings()).toEqual(rules);
  });
}
