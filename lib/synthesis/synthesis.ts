import { audit } from '../audit/audit.ts';
import type { Finding } from '../audit/finding.ts';
import { LateTexts } from '../dist/late-texts.ts';
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
  /** Those of `files` that are the same in what is there, as far as that was given. */
  readonly same: ReadonlySet<string>;
  readonly clusters: readonly SynthesizedCluster[];
  /** A problem at a key of the file of an installation, for what is found later; undefined without such a file. */
  readonly locate: (installation: string, key: Path, message: string) => FileProblem | undefined;
}

/** The manifests of one Kubernetes cluster of one installation. */
export interface SynthesizedCluster {
  readonly plan: Plan;
  readonly name: string;
  /** How many objects each of its layers has. */
  readonly layers: ReadonlyMap<string, number>;
  /** Let go, and so empty, where the texts of all of them are the same in what is there. */
  readonly manifests: readonly Manifest[];
}

/**
 * Synthesizes every installation.
 *
 * @param sources File names, as messages show them, and their texts.
 * @param present The texts that are there. What is the same is taken from them when it is asked for: one installation
 * is let go before the next is built, so that memory does not grow with their number.
 */
export function synthesize(
  sources: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string> = new Map(),
): Synthesis {
  const parsed = [...sources].map(([file, text]) => parseInstallation(file, text));
  const locate = (name: string, key: Path, message: string) =>
    parsed.find(({ installation }) => installation?.name === name)?.locate(key, message);
  const problems = [...parsed.flatMap((file) => file.problems), ...checkNeighbours(parsed)];
  if (problems.some((problem) => problem.severity === 'error')) {
    return { problems, findings: [], files: undefined, same: new Set(), clusters: [], locate };
  }
  const texts = new Texts(present);
  const clusters: SynthesizedCluster[] = [];
  const findings: Finding[] = [];
  for (const { file, installation } of parsed) {
    if (installation === undefined) continue;
    const plan = planOf(installation);
    const runbook = `${installation.name}/RUNBOOK.md`;
    texts.add(runbook, withMarker(runbook, file, runbookOf(plan, file)));
    for (const cluster of clustersOf(plan)) {
      const synthesized = synthesizedCluster(cluster);
      findings.push(...findingsOf(synthesized));
      let isSame = true;
      for (const manifest of synthesized.manifests) {
        const text = withMarker(manifest.file, file, yamlOf(manifest));
        isSame = texts.add(manifest.file, text) && isSame;
      }
      clusters.push(isSame ? { ...synthesized, manifests: [] } : synthesized);
    }
  }
  const isClean = findings.every((finding) => finding.severity !== 'error');
  return { problems, findings, files: isClean ? texts.all() : undefined, same: texts.same, clusters, locate };
}

/** A finding of our own rules as one line of text. */
export function findingText({ file, path, rule, message, fix }: Finding): string {
  return `dist/${file}: ${pathText(path)}: ${message} ${fix} (${rule})`;
}

/** The texts of dist, of which only those are kept that are not there yet. */
class Texts {
  readonly same = new Set<string>();
  private readonly paths = new Set<string>();
  private readonly others = new Map<string, string>();

  constructor(private readonly present: ReadonlyMap<string, string>) {}

  /** Returns whether it is there already. */
  add(path: string, text: string): boolean {
    this.paths.add(path);
    const isSame = this.present.get(path) === text;
    if (isSame) this.same.add(path);
    else this.others.set(path, text);
    return isSame;
  }

  all(): ReadonlyMap<string, string> {
    return this.same.size === 0
      ? this.others
      : new LateTexts(this.paths, (path) => this.others.get(path) ?? this.present.get(path) ?? '');
  }
}

function synthesizedCluster(cluster: Cluster): SynthesizedCluster {
  const { plan, name } = cluster;
  const manifests = manifestsOf(cluster);
  return { plan, name, layers: layersOf(manifests), manifests };
}

function layersOf(manifests: readonly Manifest[]): Map<string, number> {
  const layers = new Map<string, number>();
  for (const { file } of manifests) {
    const [base, layer = ''] = file.split('/').reverse();
    if (base !== 'kustomization.yaml') layers.set(layer, (layers.get(layer) ?? 0) + 1);
  }
  return layers;
}

/** Runs the rules over one Kubernetes cluster, of which everything is known. */
function findingsOf({ plan, name, manifests }: SynthesizedCluster): Finding[] {
  const externals = externalsOf(plan, name);
  return audit(new Inventory(manifests, { externals, complete: true }));
}
