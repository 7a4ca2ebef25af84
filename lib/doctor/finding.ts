import { type Shown, show } from '../text/shown.ts';
import type { Answer } from './cluster.ts';

/** How a part of the living cluster is, the worst first. */
export const states = ['error', 'warning', 'unseen', 'well'] as const;

/** What is an `error` is wrong; a `warning` may be meant, or mend itself; `unseen` could not be looked at. */
export type State = (typeof states)[number];

/** What was seen of one thing. */
export interface Finding {
  readonly state: State;
  readonly message: Shown;
  /** Commands, or what else to do, in order. */
  readonly mend: readonly Shown[];
}

/** Something is missing or wrong, and does not mend itself. */
export function sayError(message: string, ...mend: readonly string[]): Finding {
  return { state: 'error', message: show(message), mend: mend.map(show) };
}

/** Something may be meant, or mend itself. */
export function sayWarning(message: string, ...mend: readonly string[]): Finding {
  return { state: 'warning', message: show(message), mend: mend.map(show) };
}

/** Something could not be looked at, so that nothing follows. `what` is what was asked for. */
export function sayUnseen(what: string, why: string, ...mend: readonly string[]): Finding {
  return { state: 'unseen', message: show(`${what}: ${why}`), mend: mend.map(show) };
}

/** All is well with something. */
export function sayWell(message: string): Finding {
  return { state: 'well', message: show(message), mend: [] };
}

/** What follows from an answer; where nothing was seen, that alone. `what` is what was asked for. */
export function judge<T>(
  answer: Answer<T>,
  what: string,
  follow: { readonly seen: (value: T) => readonly Finding[]; readonly absent?: () => readonly Finding[] },
): readonly Finding[] {
  switch (answer.kind) {
    case 'seen':
      return follow.seen(answer.value);
    case 'absent':
      return follow.absent?.() ?? [];
    case 'unseen':
      return [sayUnseen(what, answer.why)];
  }
}

/** The worst of some states; `well` where there are none. */
export function worstOf(findings: readonly Finding[]): State {
  return states.find((state) => findings.some((finding) => finding.state === state)) ?? 'well';
}

/** The same findings, the worst first. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return states.flatMap((state) => findings.filter((finding) => finding.state === state));
}
