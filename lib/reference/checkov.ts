/** A check of checkov that dist fails on purpose. */
export interface CheckovExcuse {
  readonly check: string;
  readonly reason: string;
}

/** Every check of checkov that dist fails, all of them on purpose and for pods. */
export const checkovExcuses: readonly CheckovExcuse[] = [
  {
    check: 'CKV_K8S_11',
    reason: 'No CPU limit: it would throttle on an idle machine. The request guarantees the share.',
  },
  {
    check: 'CKV_K8S_15',
    reason:
      'Images are not pulled each time: a tag names one version, and pods must start without the registry.',
  },
  {
    check: 'CKV_K8S_35',
    reason: 'Immich and psql read their login from the environment.',
  },
  {
    check: 'CKV_K8S_40',
    reason: 'Low user IDs: they own the files that are there already. The installation file sets them.',
  },
  {
    check: 'CKV_K8S_43',
    reason: 'No digests unless the installation file gives them.',
  },
];

/**
 * The text of a `.checkov.yaml`, with which checkov reports nothing for dist.
 *
 * https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
 */
export function checkovConfiguration(): string {
  const skips = checkovExcuses.flatMap(({ check, reason }) => [`  # ${reason}`, `  - ${check}`]);
  return ['# What the manifests of immich-cdk8s fail on purpose.', 'skip-check:', ...skips, ''].join('\n');
}
