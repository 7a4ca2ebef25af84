import type { Finding } from '../audit/finding.ts';
import { LateTexts } from '../dist/late-texts.ts';
import { withMarker } from '../dist/plan.ts';
import { compactYamlOf, yamlOf } from '../dist/yaml.ts';
import { checkNeighbours } from '../installation/neighbours.ts';
import { type FileProblem, parseInstallation } from '../installation/parse.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { overviewOf } from '../overview/overview.ts';
import { planOf } from '../plan/plan.ts';
import { needlessEntries } from '../plan/secrets.ts';
import { runbookOf } from '../runbook/runbook.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import type { Path } from '../text/path.ts';
import { pathText, quote } from '../text/quoting.ts';
import type { SynthesizedCluster } from './cluster-manifests.ts';
import { synthesizedClusters } from './clusters.ts';
import { withFluxVariables } from './flux-variables.ts';
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
  /** Those of `files` that are the same in what is there, as far as that was given. */
  readonly same: ReadonlySet<string>;
  readonly clusters: readonly SynthesizedCluster[];
  /** A problem at a key of the file of an installation, for what is found later; undefined without such a file. */
  readonly locate: (installation: string, key: Path, message: string) => FileProblem | undefined;
}

/**
 * Synthesizes every installation.
 *
 * @param sources File names, as messages show them, and their texts.
 * @param present The texts that are there. What is the same is taken from them when it is asked for: one installation
 * is let go before the next is built, so that memory does not grow with their number.
 * @param begin Called with the name of each installation before it is built.
 */
export function synthesize(
  sources: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string> = new Map(),
  begin: (installation: string) => void = () => {},
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
  for (const source of parsed) {
    const { file, installation } = source;
    if (installation === undefined) continue;
    begin(installation.name);
    const plan = planOf(installation);
    const variables = new FluxVariables(installation.flux.substitute?.variables ?? []);
    const names = plan.secrets.map(({ name }) => name);
    for (const name of needlessEntries(installation, plan.secrets)) {
      const known =
        names.length === 0 ? 'It has none. Remove it.' : `Write one of ${[...new Set(names)].join(', ')}.`;
      problems.push(
        source.locate(
          ['secrets', 'externalSecrets', 'keys', name],
          `${quote(name)} is no Secret that this installation reads. ${known}`,
        ),
      );
    }
    for (const [name, text] of [
      ['README.md', overviewOf(plan, file)],
      ['RUNBOOK.md', runbookOf(plan, file)],
    ] as const) {
      const path = `${installation.name}/${name}`;
      texts.add(path, withMarker(path, file, variables.asWritten(text)));
    }
    const { clusters: built, problems: late } = synthesizedClusters(plan);
    problems.push(...late.map(({ path, message }) => source.locate(path, message)));
    const textOf =
      installation.files === 'layer'
        ? compactYamlOf
        : (manifests: readonly Manifest[]) => manifests.map(yamlOf).join('---\n');
    const own = built.map(withFluxVariables);
    for (const [path, manifests] of byFile(own.flatMap(({ manifests }) => manifests))) {
      texts.add(path, withMarker(path, file, textOf(manifests)));
    }
    const verdict = verdictOn(source, built);
    clusters.push(...own.map((cluster) => (texts.hasAll(cluster) ? { ...cluster, manifests: [] } : cluster)));
    problems.push(...verdict.problems);
    findings.push(...verdict.findings);
  }
  const isClean = [...problems, ...findings].every(({ severity }) => severity !== 'error');
  return { problems, findings, files: isClean ? texts.all() : undefined, same: texts.same, clusters, locate };
}

/** A finding that no key of an installation file is the cause of, as one line of text. */
export function findingText({ file, path, rule, message, fix }: Finding): string {
  return `dist/${file}: ${pathText(path)}: ${message} ${fix} (${rule}) This is a mistake in immich-cdk8s, not in your file. Please report it, with your file.`;
}

/** The objects of each file, in their order. */
function byFile(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const files = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const others = files.get(manifest.file);
    if (others === undefined) files.set(manifest.file, [manifest]);
    else others.push(manifest);
  }
  return files;
}

/** The texts of dist, of which only those are kept that are not there yet. */
class Texts {
  readonly same = new Set<string>();
  private readonly paths = new Set<string>();
  private readonly others = new Map<string, string>();

  constructor(private readonly present: ReadonlyMap<string, string>) {}

  add(path: string, text: string): void {
    this.paths.add(path);
    if (this.present.get(path) === text) this.same.add(path);
    else this.others.set(path, text);
  }

  /** Whether all of a cluster is there already. */
  hasAll({ manifests }: SynthesizedCluster): boolean {
    return manifests.every(({ file }) => this.same.has(file));
  }

  all(): ReadonlyMap<string, string> {
    return this.same.size === 0
      ? this.others
      : new LateTexts(this.paths, (path) => this.others.get(path) ?? this.present.get(path) ?? '');
  }
}
