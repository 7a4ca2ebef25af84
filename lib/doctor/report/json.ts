import { type Shown, showJson } from '../../text/shown.ts';
import type { Examination } from '../doctor.ts';

/** Examinations for programs, as `schema/doctor-report.json` describes them. */
export function jsonReport(examinations: readonly Examination[]): Shown {
  const report = {
    version: 1,
    examinations: examinations.map(({ installation, cluster, isApplied, groups }) => ({
      installation,
      cluster,
      applied: isApplied ?? null,
      findings: groups.flatMap(({ id, findings }) =>
        findings.map(({ state, message, mend }) => ({ check: id, state, message, mend })),
      ),
    })),
  };
  return showJson(report);
}
