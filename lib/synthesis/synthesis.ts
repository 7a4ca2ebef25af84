import { audit } from '../audit/audit.ts';
import type { Finding } from '../audit/finding.ts';
import { withMarker } from '../dist/plan.ts';
import { yamlOf } from '../dist/yaml.ts';
import { checkNeighbours } from '../installation/neighbours.ts';
import { type FileProblem, parseInstallation } from '../installation/parse.ts';
import { type Cluster, clustersOf } from '../layers/clusters.ts';
import { Inventory } from '../manifests/inventory.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type Plan, planOf } from '../plan/plan.ts';
import { runbookOf } from '../runbook/runbook.ts';
import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import { manifestsOf } from './cluster-manifests.ts';
import { externalsOf } from './externals.ts';

/** All of synth but files and terminal: texts of installation files in, texts of dist out. */
export interface Synthesis {
  /** Warnings, and where there are errors, those too, in the order of files and lines. */
  readonly problems: readonly FileProblem[];
  /** What the rules found in our own manifests. An error here is a mistake of ours, not of the file. */
  readonly findings: readonly Finding[];
  /** Path inside dist to text; undefined when there is any error. */
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly clusters: readonly SynthesizedCluster[];
  /** A problem at a key of the file of an installation, for what is found later; undefined without such a file. */
  readonly locate: (installation: string, key: Path, message: string) => FileProblem | undefined;
}

/** The manifests of one Kubernetes cluster of one installation. */
export interface SynthesizedCluster {
  readonly plan: Plan;
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** Synthesizes every installation. `sources` are file names, as messages show them, and their texts. */
export function synthesize(sources: ReadonlyMap<string, string>): Synthesis {
  const parsed = [...sources].map(([file, text]) => parseInstallation(file, text));
  const locate = (name: string, key: Path, message: string) =>
    parsed.find(({ installation }) => installation?.name === name)?.locate(key, message);
  const problems = [...parsed.flatMap((file) => file.problems), ...checkNeighbours(parsed)];
  if (problems.some((problem) => problem.severity === 'error')) {
    return { problems, findings: [], files: undefined, clusters: [], locate };
  }
  const files = new Map<string, string>();
  const clusters: SynthesizedCluster[] = [];
  const findings: Finding[] = [];
  for (const { file, installation } of parsed) {
    if (installation === undefined) continue;
    const plan = planOf(installation);
    const runbook = `${installation.name}/RUNBOOK.md`;
    files.set(runbook, withMarker(runbook, file, runbookOf(plan, file)));
    for (const cluster of clustersOf(plan)) {
      const synthesized = synthesizedCluster(cluster);
      clusters.push(synthesized);
      findings.push(...findingsOf(synthesized));
      for (const manifest of synthesized.manifests) {
        files.set(manifest.file, withMarker(manifest.file, file, yamlOf(manifest)));
      }
    }
  }
  const isClean = findings.every((finding) => finding.severity !== 'error');
  return { problems, findings, files: isClean ? files : undefined, clusters, locate };
}

/** A finding of our own rules as one line of text. */
export function findingText({ file, path, rule, message, fix }: Finding): string {
  return `dist/${file}: ${pathText(path)}: ${message} ${fix} (${rule})`;
}

function synthesizedCluster(cluster: Cluster): SynthesizedCluster {
  return { plan: cluster.plan, name: cluster.name, manifests: manifestsOf(cluster) };
}

/** Runs the rules over one Kubernetes cluster, of which everything is known. */
function findingsOf({ plan, name, manifests }: SynthesizedCluster): Finding[] {
  const externals = externalsOf(plan, name);
  return audit(new Inventory(manifests, { externals, complete: true }));
}
