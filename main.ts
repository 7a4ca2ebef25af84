import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemText } from './lib/installation/parse.ts';
import { planDist } from './lib/manifests/dist.ts';
import { applyPlan, readDist } from './lib/manifests/folder.ts';
import { findingText, synthesize } from './lib/synthesis.ts';

const source = 'installations';

/** Synth: every file in installations/ to dist/. Returns the exit code. */
function main(target: string): number {
  const files = readInstallations(source);
  if (files.size === 0)
    return refuse([`${source}/ holds no installation. Write one, such as ${source}/home.yaml.`]);
  const synthesis = synthesize(files);
  for (const problem of synthesis.problems)
    process.stderr.write(`${problem.severity}: ${problemText(problem)}\n`);
  for (const finding of synthesis.findings) process.stderr.write(`${findingText(finding)}\n`);
  if (synthesis.files === undefined) return refuse(['Nothing was written.']);
  const plan = planDist(synthesis.files, readDist(target));
  applyPlan(target, plan);
  return 0;
}

function readInstallations(folder: string): Map<string, string> {
  const names = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  return new Map(names.map((name) => [`${folder}/${name}`, readFileSync(join(folder, name), 'utf8')]));
}

function refuse(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return 1;
}

// `cdk8s synth` says by this variable where its --output option points; the folder is all that it decides.
process.exitCode = main(process.env['CDK8S_OUTDIR'] ?? 'dist');
