import { isDerived, originOf } from '../manifests/derived.ts';
import type { Field } from '../manifests/field.ts';
import type { Inventory } from '../manifests/inventory.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { immich } from '../manifests/views/immich.ts';
import { pathText } from '../text/quoting.ts';
import { type Finding, severities } from './finding.ts';
import { anchorOf } from './fingerprint.ts';
import { type ManifestRedaction, manifestRedactions } from './redaction.ts';
import type { Problem, Rule } from './rule.ts';
import { allRules } from './rules.ts';
import { severityOf } from './severity.ts';
import { type Candidate, withoutRepetitions } from './shared-defect.ts';

/** Everything that the rules find wrong, ordered by file, place, and rule; the same for the same manifests. */
export function audit(inventory: Inventory, rules: readonly Rule[] = allRules): Finding[] {
  const candidates: Candidate[] = [];
  const told = new Map<string, Manifest>();
  const redactionFor = manifestRedactions();
  for (const rule of rules) {
    rule.check(inventory, (field, problem) => {
      const found = findingOf(inventory, rule, field, problem, redactionFor(field.manifest));
      // A chart may make two objects of one value.
      const id = [rule.id, found.file, found.line, found.column, pathText(found.path)].join('\n');
      const other = told.get(id);
      if (!isRendered(field.manifest) || other === undefined || other === field.manifest) {
        candidates.push({ finding: found, isImmichs: isImmichs(inventory, field.manifest) });
      }
      told.set(id, other ?? field.manifest);
    });
  }
  return withoutRepetitions(candidates).sort(inOrder);
}

/** Whether a manifest is what a chart makes of its values. */
function isRendered(manifest: Manifest): boolean {
  return isDerived(manifest) && manifest.subject !== manifest.object;
}

function isImmichs(inventory: Inventory, manifest: Manifest): boolean {
  const { workloads, databases, namespaces } = immich(inventory);
  return (
    [...workloads].some((workload) => workload.manifest === manifest) ||
    databases.some((database) => database.manifest === manifest) ||
    namespaces.has(manifest.object.metadata?.namespace ?? manifest.object.metadata?.name)
  );
}

function findingOf(
  inventory: Inventory,
  rule: Rule,
  field: Field,
  problem: Problem,
  { redact, isNeeded }: ManifestRedaction,
): Finding {
  const { manifest, path } = originOf(field.manifest, field.path);
  const { kind, metadata } = isDerived(field.manifest) ? field.manifest.subject : field.manifest.object;
  return {
    rule: rule.id,
    severity: severityOf(inventory, rule, field, problem),
    file: manifest.file,
    ...manifest.position(path),
    path,
    anchor: anchorOf(manifest.object, path),
    object: {
      kind,
      ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
      ...(metadata?.name === undefined ? {} : { name: metadata.name }),
    },
    message: redact(problem.message),
    fix: redact(problem.fix),
    ...(problem.isSecret ? { isSecret: true } : {}),
    ...(isNeeded ? { redact } : {}),
    url: rule.url,
  };
}

function inOrder(one: Finding, other: Finding): number {
  return (
    byText(one.file, other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    byText(one.rule, other.rule) ||
    byText(pathText(one.path), pathText(other.path)) ||
    byText(one.message, other.message)
  );
}

// Not localeCompare: the order must be the same under every locale.
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
