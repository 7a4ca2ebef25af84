import type { Finding } from '../audit/finding.ts';
import { withMarker } from '../dist/plan.ts';
import { yamlOf } from '../dist/yaml.ts';
import { checkNeighbours } from '../installation/neighbours.ts';
import { type FileProblem, parseInstallation } from '../installation/parse.ts';
import { clustersOf } from '../layers/clusters.ts';
import { planOf } from '../plan/plan.ts';
import { runbookOf } from '../runbook/runbook.ts';
import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import { type SynthesizedCluster, synthesizedCluster } from './cluster-manifests.ts';
import { verdictOn } from './verdict.ts';

export type { SynthesizedCluster } from './cluster-manifests.ts';

/** All of synth but files and terminal: texts of installation files in, texts of dist out. */
export interface Synthesis {
  /** Warnings, and where there are errors, those too, file by file. */
  readonly problems: readonly FileProblem[];
  /** What the rules found in our own manifests that no key of a file is the cause of: mistakes of ours. */
  readonly findings: readonly Finding[];
  /** Path inside dist to text; undefined when there is any error. */
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly clusters: readonly SynthesizedCluster[];
  /** A problem at a key of the file of an installation, for what is found later; undefined without such a file. */
  readonly locate: (installation: string, key: Path, message: string) => FileProblem | undefined;
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
  for (const source of parsed) {
    const { file, installation } = source;
    if (installation === undefined) continue;
    const plan = planOf(installation);
    const runbook = `${installation.name}/RUNBOOK.md`;
    files.set(runbook, withMarker(runbook, file, runbookOf(plan, file)));
    const own = clustersOf(plan).map(synthesizedCluster);
    for (const manifest of own.flatMap(({ manifests }) => manifests)) {
      files.set(manifest.file, withMarker(manifest.file, file, yamlOf(manifest)));
    }
    const verdict = verdictOn(source, own);
    clusters.push(...own);
    problems.push(...verdict.problems);
    findings.push(...verdict.findings);
  }
  const isClean = [...problems, ...findings].every(({ severity }) => severity !== 'error');
  return { problems, findings, files: isClean ? files : undefined, clusters, locate };
}

/** A finding that no key of an installation file is the cause of, as one line of text. */
export function findingText({ file, path, rule, message, fix }: Finding): string {
  return `dist/${file}: ${pathText(path)}: ${message} ${fix} (${rule}) This is a mistake in immich-cdk8s, not in your file. Please report it, with your file.`;
}
