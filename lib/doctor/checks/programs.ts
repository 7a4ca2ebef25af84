import { apiGroupOf } from '../../manifests/api-group.ts';
import type { Field } from '../../manifests/field.ts';
import type { Check, Subject } from '../check.ts';
import { type Finding, sayError, sayUnseen, sayWarning, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath } from '../path.ts';
import { beginSentence } from '../sentence.ts';
import { compareWith, imagesOf } from '../workload-image.ts';

/** Whether the programs run that work for dist, and in which version; a kind alone does nothing. */
export const programs: Check = {
  id: 'programs',
  title: 'Programs that work for dist',
  isOfLife: false,
  look: async (subject, cluster) => {
    const groups = new Set(subject.manifests.map(({ object }) => apiGroupOf(object.apiVersion)));
    const wanted = known.filter(({ group }) => groups.has(group));
    if (wanted.length === 0) return [];
    const list = (resource: string) => cluster.get(listPath({ apiVersion: 'apps/v1', resource }));
    const answers = await Promise.all([list('deployments'), list('daemonsets')]);
    const hidden = answers.find(({ kind }) => kind === 'unseen');
    if (hidden?.kind === 'unseen') {
      const names = wanted.map(({ name }) => name).join(', ');
      return [sayUnseen(`Which of these run: ${names}`, hidden.why)];
    }
    const workloads = answers.flatMap((answer) => (answer.kind === 'seen' ? liveItems(answer.value) : []));
    return wanted.flatMap((program) => judgeProgram(program, workloads, subject));
  },
};

/** A program that makes something of the kinds of a group. */
interface Program {
  readonly group: string;
  readonly name: string;
  /** The end of the repository of its image, wherever and under whatever prefix that is mirrored. */
  readonly image: RegExp;
  /** The first version that does what dist asks of it; undefined where that is not known. */
  readonly since?: readonly [major: number, minor: number];
  readonly why?: string;
}

const known: readonly Program[] = [
  {
    group: 'barmancloud.cnpg.io',
    name: 'the Barman Cloud plugin',
    image: /(^|-)plugin-barman-cloud$/,
    // https://github.com/cloudnative-pg/plugin-barman-cloud/releases/tag/v0.6.0
    since: [0, 6],
    why: 'which first tells of backups that failed',
  },
  { group: 'cert-manager.io', name: 'cert-manager', image: /(^|-)cert-manager(-controller)?$/ },
  {
    group: 'traefik.io',
    name: 'Traefik',
    image: /(^|-)traefik$/,
    // https://doc.traefik.io/traefik/migrate/v2-to-v3/
    since: [3, 0],
    why: 'whose rules dist is written in',
  },
  { group: 'volsync.backube', name: 'VolSync', image: /(^|-)volsync$/ },
  {
    group: 'longhorn.io',
    name: 'Longhorn',
    image: /(^|-)longhorn-manager$/,
    // https://longhorn.io/docs/1.3.0/deploy/important-notes/
    since: [1, 3],
    why: 'which first has longhorn.io/v1beta2',
  },
  {
    group: 'external-secrets.io',
    name: 'External Secrets',
    image: /(^|-)external-secrets$/,
    // https://github.com/external-secrets/external-secrets/releases/tag/v0.16.0
    since: [0, 16],
    why: 'which first has external-secrets.io/v1',
  },
  {
    group: 'kustomize.toolkit.fluxcd.io',
    name: "Flux's kustomize-controller",
    image: /(^|-)kustomize-controller$/,
  },
];

function judgeProgram(
  program: Program,
  workloads: readonly Field[],
  { kubectl }: Subject,
): readonly Finding[] {
  const { name, image, since, why } = program;
  const own = workloads.filter((workload) => imagesOf(workload).some((one) => image.test(one.name)));
  if (own.length === 0) {
    return [
      sayWarning(
        `No Deployment and no DaemonSet has an image of ${name}: nobody may work on what dist has for it.`,
        `${kubectl} get deployments,daemonsets --all-namespaces --output wide`,
      ),
    ];
  }
  return own.flatMap((workload): readonly Finding[] => {
    const place = `${workload.at('metadata', 'namespace').text}/${workload.at('metadata', 'name').text}`;
    const version = imagesOf(workload).find((one) => image.test(one.name))?.version;
    const called = `${beginSentence(name)}${version === undefined ? '' : ` ${version.text}`}`;
    if (readyOf(workload) === 0) {
      return [
        sayError(
          `${called} does not run: no pod of ${place} is ready.`,
          `${kubectl} get pods --namespace ${workload.at('metadata', 'namespace').text}`,
        ),
      ];
    }
    if (since !== undefined && version !== undefined && compareWith(version, since) < 0) {
      return [sayError(`${called} is older than ${since.join('.')}, ${why}.`, `Update ${name}.`)];
    }
    return [sayWell(`${called} runs, as ${place}.`)];
  });
}

function readyOf(workload: Field): number {
  const status = workload.at('status');
  return status.at('readyReplicas').number ?? status.at('numberReady').number ?? 0;
}
