import { isDerived } from '../manifests/derived.ts';
import type { Field } from '../manifests/field.ts';
import type { Inventory } from '../manifests/inventory.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { reach } from '../manifests/views/reach.ts';
import type { Severity } from './finding.ts';
import type { Problem, Rule } from './rule.ts';

/**
 * How grave a finding is. Where everything is known it is as the rule says. Over other people's files an error is
 * what upstream says, never a taste of ours, of an object that is known as it is applied, and what nothing applies is only
 * worth knowing.
 */
export function severityOf(inventory: Inventory, rule: Rule, field: Field, problem: Problem): Severity {
  const severity = problem.severity ?? rule.severity;
  if (inventory.complete) {
    return severity;
  }
  if (rule.tellsOfUnapplied !== true && !reach(inventory, field.manifest).isApplied) {
    return 'info';
  }
  return severity === 'error' && (rule.whose === 'ours' || isPartlyKnown(field.manifest))
    ? 'warning'
    : severity;
}

/** Whether a program that is not followed, such as a transformer of kustomize, changes an object before it is applied. */
function isPartlyKnown(manifest: Manifest): boolean {
  return isDerived(manifest) && manifest.unknown !== undefined;
}
