import type { Change } from '../../lib/changes/change.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { pathText } from '../../lib/text/quoting.ts';
import { type Shown, showJson } from '../../lib/text/shown.ts';
import type { Outcome } from './outcome.ts';

/** The result of synth for programs, as `schema/synth-report.json` describes it. */
export function synthReport(synthesis: Synthesis, outcome: Outcome, isCheck: boolean): Shown {
  const report = {
    version: 1,
    status: outcome.status === 'changed' ? (isCheck ? 'stale' : 'written') : outcome.status,
    problems: synthesis.problems.map(({ excerpt, missing, ...problem }) => problem),
    findings: synthesis.findings.map(({ rule, severity, file, message, fix }) => ({
      ...{ rule, severity, file, message, fix },
    })),
    changes: changesOf(outcome),
    files: filesOf(outcome),
    secrets: secretsOf(synthesis),
  };
  return showJson(report);
}

function changesOf(outcome: Outcome) {
  const verdict = outcome.status === 'unchanged' ? undefined : outcome.verdict;
  if (verdict === undefined) return [];
  const { refused, accepted, others } = verdict;
  const told = ({ key, path, objects, steps, from, to, was, becomes, ...change }: Change) => ({
    ...change,
    ...(key === undefined ? {} : { key: pathText(key) }),
    objects,
    steps,
  });
  return [
    ...refused.map(told),
    ...accepted.map(({ change, because }) => ({ ...told(change), accepted: because })),
    ...others.map(told),
  ];
}

function filesOf(outcome: Outcome) {
  if (outcome.status === 'refused') return { added: [], changed: [], removed: [], unchanged: 0 };
  const { write, changed, remove, unchanged } = outcome.plan;
  const older = new Set(changed);
  const added = [...write.keys()].filter((path) => !older.has(path));
  return { added, changed, removed: remove, unchanged: unchanged.length };
}

function secretsOf({ clusters }: Synthesis) {
  return [...new Set(clusters.map(({ plan }) => plan))].flatMap(({ installation, secrets }) =>
    secrets.map((secret) => ({ installation: installation.name, ...secret })),
  );
}
