import { excused } from '../../lib/kubernetes/excuses.ts';
import type { KubernetesObject, Manifest } from '../../lib/manifests/manifest.ts';

function annotationsOf(object: KubernetesObject): { readonly [annotation: string]: string } {
  return manifestOf(object).object.metadata?.annotations ?? {};
}

function manifestOf(object: KubernetesObject): Manifest {
  return excused({ file: 'a.yaml', object, comments: [], position: () => undefined });
}

const container = {
  image: 'a@sha256:0',
  imagePullPolicy: 'Always',
  resources: { limits: { cpu: '1' } },
  securityContext: { runAsUser: 10_001, runAsGroup: 10_001 },
};

function deployment(changes: { readonly spec?: object; readonly container?: object } = {}): KubernetesObject {
  const spec = {
    replicas: 2,
    strategy: { type: 'RollingUpdate' },
    template: { spec: { containers: [{ ...container, ...changes.container }] } },
    ...changes.spec,
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec };
}

describe('excuses for scanners', () => {
  test('an object with nothing to excuse stays as it is', () => {
    expect(manifestOf(deployment()).object).toEqual(deployment());
    expect(annotationsOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } })).toEqual({});
  });

  test.each([
    ['one replica', { spec: { replicas: 1 } }, 'deployment-replicas', undefined],
    [
      'a new pod after the old one',
      { spec: { strategy: { type: 'Recreate' } } },
      'deployment-strategy',
      undefined,
    ],
    ['a liveness probe', { container: { livenessProbe: {} } }, 'pod-probes-identical', undefined],
    ['no CPU limit', { container: { resources: {} } }, 'container-resources', 'CKV_K8S_11'],
    [
      'images kept',
      { container: { imagePullPolicy: 'IfNotPresent' } },
      'container-image-pull-policy',
      'CKV_K8S_15',
    ],
    ['no digest', { container: { image: 'a:1' } }, undefined, 'CKV_K8S_43'],
    [
      'a low user',
      { container: { securityContext: { runAsUser: 1000 } } },
      'container-security-context-user-group-id',
      'CKV_K8S_40',
    ],
    [
      'a login in the environment',
      { container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] } },
      undefined,
      'CKV_K8S_35',
    ],
  ])('%s is excused, and nothing else', (_, changes, kubeScore, checkov) => {
    const annotations = annotationsOf(deployment(changes));
    expect(annotations['kube-score/ignore']).toBe(kubeScore);
    expect(annotations['checkov.io/skip1']?.split('=')[0]).toBe(checkov);
    expect(annotations['checkov.io/skip2']).toBeUndefined();
  });

  test('a policy for the pods of an operator is excused, one for our own is not', () => {
    const policy = (matchLabels: { readonly [label: string]: string }): KubernetesObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: { matchLabels } },
    });
    expect(annotationsOf(policy({ 'cnpg.io/cluster': 'immich-db' }))).toEqual({
      'kube-score/ignore': 'networkpolicy-targets-pod',
    });
    expect(annotationsOf(policy({ 'app.kubernetes.io/name': 'immich-server' }))).toEqual({});
  });

  test('every excuse gives its reason, and other annotations stay', () => {
    const object = deployment({ spec: { replicas: 1 } });
    const { comments, object: result } = manifestOf({
      ...object,
      metadata: { annotations: { mine: 'yes' } },
    });
    expect(comments).toEqual([
      {
        path: ['metadata', 'annotations', 'kube-score/ignore'],
        text: expect.stringMatching(/^deployment-replicas: .+\.$/),
      },
    ]);
    expect(result.metadata?.annotations?.['mine']).toBe('yes');
  });
});
