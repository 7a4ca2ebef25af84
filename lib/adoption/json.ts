import type { Finding } from '../audit/finding.ts';
import type { FileProblem } from '../installation/parse.ts';
import { redactionOf } from '../text/redaction.ts';
import { type Shown, showJson } from '../text/shown.ts';
import type { Adoption } from './adoption.ts';
import type { Switch } from './switch.ts';

/** What came of an adoption, beside the file itself. */
export interface AdoptionOutcome {
  /** Where the file is, or would best be. */
  readonly file: string;
  /** Whether the file was written now. */
  readonly isWritten: boolean;
  /** What synth says against it. */
  readonly errors: readonly FileProblem[];
  /** What is wrong with what is applied today. */
  readonly findings: readonly Finding[];
  /** What the switch does; undefined where that cannot be said. */
  readonly found: Switch | undefined;
  readonly isRefused: boolean;
}

/** An adoption for programs, as `schema/adopt-report.json` describes it. */
export function jsonAdoption(adoption: Adoption, outcome: AdoptionOutcome): Shown {
  const { file, isWritten, errors, findings, found, isRefused } = outcome;
  const { of, others, text, today } = adoption;
  const applied = today === undefined ? [] : [...today.holders, ...today.others];
  const redact = redactionOf(applied.map(({ value }) => value));
  const report = {
    version: 1,
    ...{ of, others, file, text, written: isWritten, refused: isRefused },
    problems: errors.map(({ excerpt, missing, ...problem }) => problem),
    findings: findings.map(({ rule, severity, file, line = 1, message, fix }) => {
      return { rule, severity, file, line, message, fix };
    }),
    ...(found === undefined ? {} : { switch: switchOf(found, redact) }),
  };
  return showJson(report);
}

function switchOf(
  { kept, staying, replaced, leaving, added, lost, changes }: Switch,
  redact: (text: string) => string,
) {
  return {
    ...{ kept, staying, leaving, added },
    replaced: replaced.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`),
    lost: lost.map(redact),
    changes: changes.map(({ id, grade, topic, sentence, steps, objects }) => ({
      ...{ id: redact(id), grade, topic, sentence: redact(sentence) },
      ...{ steps: steps.map(redact), objects },
    })),
  };
}
