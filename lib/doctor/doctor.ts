import { show } from '../text/shown.ts';
import type { Subject } from './check.ts';
import { checks } from './checks.ts';
import type { LivingCluster } from './cluster.ts';
import { type Finding, type State, states, worstFirst, worstOf } from './finding.ts';
import { listedKustomizations } from './kustomizations.ts';

/** What was found in one Kubernetes cluster of one installation. */
export interface Examination {
  readonly installation: string;
  readonly cluster: string;
  /**
   * Whether Flux knows the installation; before it does, only what it needs was looked at. Undefined where the cluster
   * could not be looked at.
   */
  readonly isApplied: boolean | undefined;
  /** What was looked at, the worst first. */
  readonly groups: readonly Group[];
}

/** The findings of one check, the worst first. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Looks at everything that an installation needs and has in a Kubernetes cluster. */
export async function examine(subject: Subject, cluster: LivingCluster): Promise<Examination> {
  const isApplied = await knowsFlux(subject, cluster);
  const groups = await Promise.all(
    checks
      .filter(({ isOfLife }) => isApplied || !isOfLife)
      .map(async ({ id, title, look }): Promise<Group> => {
        return { id, title, findings: worstFirst(await look(subject, cluster)) };
      }),
  );
  const shown = groups.filter(({ findings }) => findings.length > 0);
  return {
    installation: subject.plan.installation.name,
    cluster: subject.cluster,
    isApplied,
    groups: states.flatMap((state) => shown.filter(({ findings }) => worstOf(findings) === state)),
  };
}

/** Whether Flux has any layer. Where that cannot be seen, everything is looked at: nothing follows from not seeing. */
async function knowsFlux(subject: Subject, cluster: LivingCluster): Promise<boolean> {
  const listed = await listedKustomizations(subject, cluster);
  return listed.kind === 'unseen' || (listed.kind === 'seen' && listed.value.length > 0);
}

/** An examination of a cluster that does not answer. */
export function unseen({ plan, cluster }: Pick<Subject, 'plan' | 'cluster'>, why: string): Examination {
  return {
    installation: plan.installation.name,
    cluster,
    isApplied: undefined,
    groups: [
      { id: 'cluster', title: 'The cluster', findings: [{ state: 'unseen', message: show(why), mend: [] }] },
    ],
  };
}

/** How many findings there are of each state. */
export function countsOf(examinations: readonly Examination[]): Readonly<Record<State, number>> {
  const counts = { error: 0, warning: 0, unseen: 0, well: 0 };
  for (const { state } of examinations.flatMap(({ groups }) => groups.flatMap(({ findings }) => findings))) {
    counts[state] += 1;
  }
  return counts;
}
