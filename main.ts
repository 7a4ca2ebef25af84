import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { filesLine, summaryOf } from './cli/synth/summary.ts';
import { impossibleChanges } from './lib/changes/impossible-changes.ts';
import { applyPlan, readDist } from './lib/dist/folder.ts';
import { planDist } from './lib/dist/plan.ts';
import { problemExcerpt, problemText } from './lib/installation/parse.ts';
import { findingText, synthesize } from './lib/synthesis/synthesis.ts';

const source = 'installations';

/** Synth: every file in installations/ to the target folder. Returns the exit code. */
function synth(target: string): number {
  const files = readInstallations(source);
  if (files.size === 0) {
    return refuse(`${source}/ holds no installation. Write one, such as ${source}/home.yaml; see README.md.`);
  }
  const synthesis = synthesize(files);
  for (const problem of synthesis.problems) {
    say(problemText(problem));
    if (problem.severity === 'error') for (const line of problemExcerpt(problem)) say(line);
  }
  for (const finding of synthesis.findings) say(`${finding.severity}: ${findingText(finding)}`);
  if (synthesis.files === undefined) return refuse(`Nothing was written: ${target}/ is as it was.`);
  const present = readDist(target);
  const plan = planDist(synthesis.files, present);
  const impossible = impossibleChanges(plan, present);
  if (impossible.length > 0) {
    for (const { file, message } of impossible) say(`${target}/${file}: ${message}`);
    return refuse(
      `Nothing was written: ${target}/ is as it was. If no cluster has these objects yet, remove their files first.`,
    );
  }
  applyPlan(target, plan);
  if (process.stdout.isTTY) {
    const style = {
      title: (text: string) => styleText('bold', text),
      quiet: (text: string) => styleText('dim', text),
    };
    process.stdout.write(`${summaryOf(synthesis, target, style)}\n\n`);
  }
  process.stdout.write(`${filesLine(plan, target)}\n`);
  return 0;
}

/** The texts of all YAML files in a folder, without those that editors hide there. */
function readInstallations(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder)
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort();
  return new Map(names.map((name) => [`${folder}/${name}`, readText(join(folder, name))]));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function refuse(line: string): number {
  say(line);
  return 1;
}

try {
  // `cdk8s synth` says by this variable where its --output option points; the folder is all that it decides.
  process.exitCode = synth(process.env['CDK8S_OUTDIR'] ?? 'dist');
} catch (error) {
  process.exitCode = refuse(error instanceof Error ? error.message : String(error));
}
