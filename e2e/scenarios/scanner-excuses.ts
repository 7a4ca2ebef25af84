/** A check of kube-score that some files of dist fail on purpose. */
export interface KubeScoreExcuse {
  readonly check: string;
  /** The files, by their paths in dist. */
  readonly files: RegExp;
  readonly reason: string;
}

const deployments = /\/deployment\.[^/]+$/;
const pods = /\/(deployment|cronjob|job)\.[^/]+$/;

/** Every check of kube-score that dist fails. Those of checkov are in `lib/reference/checkov.ts`. */
export const kubeScoreExcuses: readonly KubeScoreExcuse[] = [
  {
    check: 'deployment-replicas',
    files: deployments,
    reason: 'One replica is enough for a household, and all that a volume of one node allows.',
  },
  {
    check: 'deployment-strategy',
    files: deployments,
    reason: 'Recreate: the old pod must stop before the new one can have its volume.',
  },
  {
    check: 'pod-probes-identical',
    files: deployments,
    reason: 'Both ask the same, but liveness waits for two minutes, since a restart costs uploads.',
  },
  {
    check: 'container-resources',
    files: pods,
    reason: 'No CPU limit: it would throttle on an idle machine. The request guarantees the share.',
  },
  {
    check: 'container-image-pull-policy',
    files: pods,
    reason: 'A tag names one version, and pods must start without the registry.',
  },
  {
    check: 'container-security-context-user-group-id',
    files: pods,
    reason: 'Low user IDs own the files that are there already. The installation file sets them.',
  },
  {
    check: 'networkpolicy-targets-pod',
    files: /\/networkpolicy\.immich-(drill-)?db(-tachtit-cnpg-v0)?\.yaml$/,
    reason: "CloudNativePG makes the database's pods.",
  },
  {
    check: 'networkpolicy-targets-pod',
    files: /\/networkpolicy\.acme-http01-solver\.yaml$/,
    reason: 'cert-manager makes the pods that solve a challenge, and removes them.',
  },
];

/** Files for which the same checks are ignored, so that one run of kube-score does for them. */
export interface ScannedTogether {
  readonly files: ReadonlySet<string>;
  readonly ignored: readonly string[];
}

/** Sorts files by what is excused in them, as kube-score's `--ignore-test` holds for a whole run. */
export function scannedTogether(files: readonly string[]): readonly ScannedTogether[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const ignored = kubeScoreExcuses.filter((excuse) => excuse.files.test(file)).map(({ check }) => check);
    const key = ignored.join(',');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, members]) => ({
    files: new Set(members),
    ignored: key === '' ? [] : key.split(','),
  }));
}
