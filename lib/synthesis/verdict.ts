import { audit } from '../audit/audit.ts';
import type { Finding } from '../audit/finding.ts';
import type { Rule } from '../audit/rule.ts';
import { allRules } from '../audit/rules.ts';
import type { Installation } from '../installation/installation.ts';
import type { FileProblem, ParsedFile } from '../installation/parse.ts';
import { Inventory } from '../manifests/inventory.ts';
import { planOf } from '../plan/plan.ts';
import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import type { SynthesizedCluster } from './cluster-manifests.ts';
import { synthesizedClusters } from './clusters.ts';
import { externalsOf } from './externals.ts';

/** What our own rules say of an installation. */
export interface Verdict {
  /** What a key of the file is the cause of, told at that key. */
  readonly problems: readonly FileProblem[];
  /** What no key is the cause of: a mistake of ours. */
  readonly findings: readonly Finding[];
}

/** Runs the rules over all Kubernetes clusters of an installation, of which everything is known. */
export function verdictOn(source: ParsedFile, clusters: readonly SynthesizedCluster[]): Verdict {
  const problems: FileProblem[] = [];
  const findings: Finding[] = [];
  const all = clusters.flatMap((cluster) => findingsOf(cluster));
  for (const finding of all) {
    const before = all.filter(({ rule }) => rule === finding.rule).length;
    const problem = problemOf(finding, source, (other) => timesSaid(finding.rule, other) >= before);
    if (problem === undefined) findings.push(finding);
    // What the file is told of already is not said in other words.
    else if (![...source.problems, ...problems].some(({ key }) => key === problem.key)) {
      problems.push(problem);
    }
  }
  return { problems, findings };
}

/**
 * A finding as a problem of the file, at the key without which the rule would have nothing to say; undefined where no
 * key is to blame.
 *
 * The key is found by trying: the file is read again without each of its values, or with a harmless one where it
 * cannot do without. So no rule has to know which part of a file its manifests come from, and none can be forgotten.
 */
function problemOf(
  { rule, severity, message }: Finding,
  { problems, written, readWith, locate }: ParsedFile,
  isStillSaid: (other: Installation) => boolean,
): FileProblem | undefined {
  const likely = [...written()].sort((one, other) => likelihood(other) - likelihood(one));
  for (const { path } of likely) {
    for (const other of [undefined, ...harmless]) {
      const installation = readWith(path, other);
      if (installation === undefined || isStillSaid(installation)) continue;
      const advice = other === undefined ? 'Remove it, or write another value.' : 'Write another value.';
      return {
        ...locate(path, `${message} ${advice} (${rule})`),
        severity: severity === 'error' ? 'error' : 'warning',
      };
    }
  }
  return undefined;

  /** What is named in the message, or told of already, is tried first. */
  function likelihood({ path, value }: { readonly path: Path; readonly value: unknown }): number {
    const named = [value, path.at(-1)].filter((text) => typeof text === 'string' && message.includes(text));
    return named.length + (problems.some(({ key }) => key === pathText(path)) ? 2 : 0);
  }
}

/** What stands in for a value that must be written: a host, a name. */
const harmless = ['unknown.example.com', 'unknown'];

function timesSaid(id: string, installation: Installation): number {
  const rules = allRules.filter((rule) => rule.id === id);
  return synthesizedClusters(planOf(installation)).clusters.flatMap((cluster) => findingsOf(cluster, rules))
    .length;
}

function findingsOf({ plan, name, manifests }: SynthesizedCluster, rules?: readonly Rule[]): Finding[] {
  const externals = externalsOf(plan, name);
  return audit(new Inventory(manifests, { externals, complete: true }), rules);
}
