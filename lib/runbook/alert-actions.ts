import type { Names } from './names.ts';
import type { Section } from './section.ts';

/** What to do for each alert, each under a heading of its own, which the alert links to; nothing without alerts. */
export function alertActions({ plan }: Names): Section[] {
  const actions = new Map<string, Set<string>>();
  for (const { name, action } of plan.alerts.flatMap(({ alerts }) => alerts)) {
    actions.set(name, (actions.get(name) ?? new Set()).add(action));
  }
  if (actions.size === 0) return [];
  return [
    {
      title: 'When an alert fires',
      blocks: [...actions].flatMap(([name, texts]) => [`### ${name}`, ...texts]),
    },
  ];
}
