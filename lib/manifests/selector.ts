import type { Field } from './field.ts';

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) selects these labels. An empty selector
 * selects everything. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export function selects(selector: Field, labels: Readonly<Record<string, string>>): boolean {
  return (
    includes(labels, selector.at('matchLabels').labels) &&
    selector.at('matchExpressions').items.every((expression) => satisfies(expression, labels))
  );
}

/** Whether labels hold every wanted pair, as the selector of a Service asks. */
export function includes(
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

function satisfies(expression: Field, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[expression.at('key').text ?? ''];
  const values = expression.at('values').texts;
  switch (expression.at('operator').text) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}
