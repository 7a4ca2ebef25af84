import { isDerived, originOf } from '../manifests/derived.ts';
import type { Field } from '../manifests/field.ts';
import type { Inventory } from '../manifests/inventory.ts';
import { pathText } from '../text/quoting.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import type { Problem, Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** Everything that the rules find wrong, ordered by file, place, and rule; the same for the same manifests. */
export function audit(inventory: Inventory, rules: readonly Rule[] = RULES): Finding[] {
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const rule of rules) {
    rule.check(inventory, (field, problem) => {
      const found = finding(rule, field, problem);
      const place = `${rule.id}\n${found.file}\n${found.line}\n${found.column}\n`;
      // One value may be part of several objects, as when a chart makes two of it, or stand behind several aliases.
      const ids = [
        ...(isDerived(field.manifest) ? [place + pathText(found.path)] : []),
        ...(found.line === undefined ? [] : [place + found.message]),
      ];
      if (!ids.some((id) => told.has(id))) {
        findings.push(found);
      }
      for (const id of ids) {
        told.add(id);
      }
    });
  }
  return findings.sort(inOrder);
}

function finding(rule: Rule, field: Field, problem: Problem): Finding {
  const { manifest, path } = originOf(field.manifest, field.path);
  const { kind, metadata } = isDerived(field.manifest) ? field.manifest.subject : field.manifest.object;
  return {
    rule: rule.id,
    severity: problem.severity ?? rule.severity,
    file: manifest.file,
    ...manifest.position(path),
    path,
    object: {
      kind,
      ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
      ...(metadata?.name === undefined ? {} : { name: metadata.name }),
    },
    message: problem.message,
    fix: problem.fix,
    ...(problem.isSecret ? { isSecret: true } : {}),
    url: rule.url,
  };
}

function inOrder(one: Finding, other: Finding): number {
  return (
    byText(one.file, other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    byText(one.rule, other.rule) ||
    byText(pathText(one.path), pathText(other.path)) ||
    byText(one.message, other.message)
  );
}

// Not localeCompare: the order must be the same under every locale.
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
