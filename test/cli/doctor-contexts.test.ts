import { contextOf, isForOne } from '../../cli/doctor/contexts.ts';

const contexts = { names: ['home', 'work'], current: 'work' };

test('the named context, else that of the name, else the current one where one cluster is meant', () => {
  expect(contextOf('home', ['home', 'other'], contexts, undefined)).toEqual({
    ...{ kind: 'context', name: 'home', kubectl: 'kubectl --context home' },
  });
  expect(contextOf('photos', ['photos'], contexts, undefined)).toEqual({
    ...{ kind: 'context', name: 'work', kubectl: 'kubectl' },
  });
  expect(contextOf('home', ['home'], contexts, 'work')).toEqual({
    ...{ kind: 'context', name: 'work', kubectl: 'kubectl' },
  });
});

test('a cluster that may be another one is not asked, nor one in a context that is not there', () => {
  expect(contextOf('photos', ['photos', 'home'], contexts, undefined)).toMatchObject({ kind: 'none' });
  expect(contextOf('home', ['home'], contexts, 'hom')).toEqual({
    kind: 'none',
    why: 'There is no context "hom" in the kubeconfig. Did you mean home? There are: home, work.',
  });
});

test('one named context does for one cluster', () => {
  expect(isForOne('any', ['photos'])).toBe(true);
  expect(isForOne('photos', ['photos', 'data'])).toBe(true);
  expect(isForOne('any', ['photos', 'data'])).toBe(false);
});
