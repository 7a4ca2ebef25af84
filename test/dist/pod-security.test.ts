import { readFileSync } from 'node:fs';
import { parseInstallation } from '../../lib/installation/parse.ts';
import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { type PodSpec, podSecurityViolations } from '../pod-security.ts';
import { type CommittedObject, committedInstallations, committedObjects } from './committed.ts';

/** The objects that make pods, as far as this test looks into them. */
type Workload = KubernetesObject & {
  readonly spec: PodSpec & Template & { readonly jobTemplate?: { readonly spec: Template } };
};

type Template = { readonly template?: { readonly spec: PodSpec } };

const kinds = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

function isWorkload(object: KubernetesObject): object is Workload {
  return kinds.has(object.kind);
}

function podsOf(objects: readonly CommittedObject[]) {
  return objects.flatMap(({ file, object }) => {
    if (!isWorkload(object)) return [];
    const { spec } = object;
    return [
      {
        file,
        namespace: object.metadata?.namespace,
        pod: (spec.jobTemplate?.spec ?? spec).template?.spec ?? spec,
      },
    ];
  });
}

/** The namespace of an installation in which others live too. */
function sharedIn(installation: string): string | undefined {
  const text = readFileSync(`installations/${installation}.yaml`, 'utf8');
  return parseInstallation(installation, text).installation?.sharedNamespace === true
    ? /^namespace: (\S+)/m.exec(text)?.[1]
    : undefined;
}

describe.each(committedInstallations)('%s', (installation) => {
  const objects = committedObjects(installation);
  const pods = podsOf(objects);

  test('every pod passes Pod Security restricted', () => {
    const problems = pods.flatMap(({ file, pod }) =>
      podSecurityViolations(pod).map((problem) => `${file}: ${problem}`),
    );
    expect(problems).toEqual([]);
    expect(pods.flatMap(({ pod }) => pod.containers ?? []).length).toBeGreaterThan(1);
  });

  test('every namespace of a pod enforces it', () => {
    const enforcing = objects
      .filter(({ object }) => object.kind === 'Namespace')
      .filter(
        ({ object }) => object.metadata?.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
      )
      .map(({ object }) => object.metadata?.name);
    const own = pods
      .map(({ namespace }) => namespace)
      .filter((namespace) => namespace !== sharedIn(installation));
    expect(enforcing).toEqual(expect.arrayContaining(own));
  });

  test('a namespace of others is left as it is', () => {
    const made = objects.filter(({ object }) => object.kind === 'Namespace');
    expect(made.map(({ object }) => object.metadata?.name)).not.toContain(sharedIn(installation) ?? 'none');
  });
});
