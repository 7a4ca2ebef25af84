import { namespace } from '../../lib/components/namespace.ts';
import { built, objectIn } from './built.ts';

test('the namespace enforces Pod Security restricted, and is kept', () => {
  expect(
    objectIn(
      built((chart) => namespace(chart, 'photos')),
      'Namespace',
    ).metadata,
  ).toEqual({
    name: 'photos',
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    labels: {
      'app.kubernetes.io/part-of': 'immich',
      'immich-cdk8s/data': 'photos',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'latest',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  });
});
