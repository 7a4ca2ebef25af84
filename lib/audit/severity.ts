import type { Field } from '../manifests/field.ts';
import type { Inventory } from '../manifests/inventory.ts';
import { reach } from '../manifests/views/reach.ts';
import type { Severity } from './finding.ts';
import type { Problem, Rule } from './rule.ts';

/**
 * How grave a finding is. Where everything is known it is as the rule says. Over other people's files an error is
 * what upstream says, never a taste of ours, and what nothing applies is only worth knowing.
 */
export function severityOf(inventory: Inventory, rule: Rule, field: Field, problem: Problem): Severity {
  const severity = problem.severity ?? rule.severity;
  if (inventory.complete) {
    return severity;
  }
  if (rule.tellsOfUnapplied !== true && !reach(inventory, field.manifest).isApplied) {
    return 'info';
  }
  return severity === 'error' && rule.whose === 'ours' ? 'warning' : severity;
}
