import { Field } from '../manifests/field.ts';
import type { Comment, KubernetesObject, Manifest } from '../manifests/manifest.ts';

/**
 * The manifest with annotations that tell kube-score and checkov what is meant, and a reviewer why. Only what the
 * object really does is excused, so that a change of it shows again.
 *
 * https://github.com/zegl/kube-score#ignoring-a-test and
 * https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 */
export function excused(manifest: Manifest): Manifest {
  const field = Field.of(manifest);
  const applying = excuses.filter(
    ({ kinds, applies }) => kinds.includes(manifest.object.kind) && applies(field),
  );
  if (applying.length === 0) return manifest;
  const { metadata } = manifest.object;
  const annotations = { ...metadata?.annotations, ...kubeScore(applying), ...checkov(applying) };
  const object: KubernetesObject = { ...manifest.object, metadata: { ...metadata, annotations } };
  return { ...manifest, object, comments: [...manifest.comments, ...kubeScoreReasons(applying)] };
}

/** One thing that scanners report and that is meant. */
interface Excuse {
  readonly kinds: readonly string[];
  /** Whether the object is of the kind that is excused. */
  readonly applies: (object: Field) => boolean;
  readonly kubeScore?: string;
  readonly checkov?: string;
  readonly reason: string;
}

const pods = ['Deployment', 'CronJob'];

const excuses: readonly Excuse[] = [
  {
    kinds: ['Deployment'],
    applies: (object) => object.get('spec', 'replicas') === 1,
    kubeScore: 'deployment-replicas',
    reason: 'one replica is enough for a household, and all that a volume of one node allows',
  },
  {
    kinds: ['Deployment'],
    applies: (object) => object.get('spec', 'strategy', 'type') === 'Recreate',
    kubeScore: 'deployment-strategy',
    reason: 'the old pod must go before the new one can have its volume',
  },
  {
    kinds: ['Deployment'],
    applies: (object) => containersOf(object).some((each) => each.at('livenessProbe').exists),
    kubeScore: 'pod-probes-identical',
    reason: 'both ask the same, but liveness waits for two minutes, since a restart costs uploads',
  },
  {
    kinds: pods,
    applies: (object) => containersOf(object).some((each) => !each.at('resources', 'limits', 'cpu').exists),
    kubeScore: 'container-resources',
    checkov: 'CKV_K8S_11',
    reason: 'no CPU limit, which would slow an idle machine down; the request guarantees the share',
  },
  {
    kinds: pods,
    applies: (object) => containersOf(object).some((each) => each.get('imagePullPolicy') !== 'Always'),
    kubeScore: 'container-image-pull-policy',
    checkov: 'CKV_K8S_15',
    reason: 'the tag names one version, and a pod must start while the registry is away',
  },
  {
    kinds: pods,
    applies: (object) => containersOf(object).some((each) => each.at('image').text?.includes('@') === false),
    checkov: 'CKV_K8S_43',
    reason: 'synth knows no digest of this image; give one in the installation file',
  },
  {
    kinds: pods,
    applies: (object) =>
      [podOf(object), ...containersOf(object)].some((each) =>
        ['runAsUser', 'runAsGroup'].some((id) => Number(each.get('securityContext', id) ?? 10_000) < 10_000),
      ),
    kubeScore: 'container-security-context-user-group-id',
    checkov: 'CKV_K8S_40',
    reason:
      'the user of the image, or the owner of the files that are there already; the installation file decides',
  },
  {
    kinds: pods,
    applies: (object) =>
      containersOf(object).some((each) =>
        each.at('env').items.some((variable) => variable.at('valueFrom', 'secretKeyRef').exists),
      ),
    checkov: 'CKV_K8S_35',
    reason: 'the program reads its login from the environment',
  },
  {
    kinds: ['NetworkPolicy'],
    applies: (object) =>
      object.get('spec', 'podSelector', 'matchLabels', 'app.kubernetes.io/name') === undefined,
    kubeScore: 'networkpolicy-targets-pod',
    reason: 'the pods are made by an operator, or are not there all the time',
  },
];

function kubeScore(applying: readonly Excuse[]): { readonly [annotation: string]: string } {
  const names = applying.flatMap((excuse) => excuse.kubeScore ?? []);
  return names.length === 0 ? {} : { [kubeScoreAnnotation]: names.join(',') };
}

/** The annotation of kube-score has no room for reasons. */
function kubeScoreReasons(applying: readonly Excuse[]): readonly Comment[] {
  return applying.flatMap(({ kubeScore, reason }) =>
    kubeScore === undefined
      ? []
      : [{ path: ['metadata', 'annotations', kubeScoreAnnotation], text: `${kubeScore}: ${reason}.` }],
  );
}

function checkov(applying: readonly Excuse[]): { readonly [annotation: string]: string } {
  const skips = applying.flatMap(({ checkov, reason }) =>
    checkov === undefined ? [] : [`${checkov}=${reason}`],
  );
  return Object.fromEntries(skips.map((skip, index) => [`checkov.io/skip${index + 1}`, skip]));
}

const kubeScoreAnnotation = 'kube-score/ignore';

function podOf(object: Field): Field {
  const job = object.at('spec', 'jobTemplate', 'spec', 'template', 'spec');
  return job.exists ? job : object.at('spec', 'template', 'spec');
}

function containersOf(object: Field): readonly Field[] {
  const pod = podOf(object);
  return [...pod.at('initContainers').items, ...pod.at('containers').items];
}
