import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTools, clusterTools, controlPlaneTools } from './control-plane/tools.ts';

/**
 * `npm run e2e`: builds the programs, lets jest run the scenarios, and then stops and removes everything that
 * they started, however they end. Arguments go to jest: `npm run e2e -- -t 'No drift'`.
 */
async function main(): Promise<number> {
  const external = process.env['KUBECONFIG_E2E'] !== undefined;
  await buildTools(external ? clusterTools : controlPlaneTools, (line) => console.log(`e2e: ${line}`));

  const folder = mkdtempSync(join(tmpdir(), 'immich-cdk8s-e2e-'));
  let jest: ChildProcess | undefined;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupted = true;
      jest?.kill('SIGKILL');
    });
  }
  process.on('exit', () => {
    killAll(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  // What is tested stays the same until the end, whatever is edited meanwhile.
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  cpSync('installations', join(folder, 'installations'), { recursive: true });
  bundle('synth', join(folder, 'synth.cjs'));
  bundle('cli', join(folder, 'cli.cjs'));
  const entries = external
    ? ['e2e/cluster.e2e.ts']
    : [
        'e2e/scenarios.e2e.ts',
        'e2e/roundtrip.e2e.ts',
        'e2e/dump.e2e.ts',
        'e2e/import.e2e.ts',
        'e2e/pictures.e2e.ts',
        'e2e/kustomize.e2e.ts',
        'e2e/site.e2e.ts',
        'e2e/runbook.e2e.ts',
        'e2e/upgrade.e2e.ts',
        'e2e/doctor.e2e.ts',
        'e2e/adoption.e2e.ts',
        'e2e/cluster-template.e2e.ts',
        'e2e/flux-values.e2e.ts',
        'e2e/vectorchord.e2e.ts',
        'e2e/rehearsal.e2e.ts',
      ];
  const failed = await new Promise<boolean>((done) => {
    jest = spawn(
      process.execPath,
      [
        ...[
          'node_modules/jest/bin/jest.js',
          '--config',
          'e2e/jest.config.json',
          `--maxWorkers=${availableParallelism() > 2 ? 2 : 1}`,
          '--verbose',
        ],
        ...['--runTestsByPath', ...entries, ...process.argv.slice(2)],
      ],
      { stdio: 'inherit', env: { ...process.env, IMMICH_CDK8S_E2E_RUN: folder } },
    );
    jest.on('close', (code) => done(code !== 0));
  });
  if (failed && !interrupted) {
    keepLogs(folder);
  }
  return interrupted ? 130 : Number(failed);
}

/** A program that the scenarios run as a person does, on installation files of their own. */
function bundle(name: string, target: string): void {
  const { status } = spawnSync(process.execPath, ['build.mjs', name, '--outfile', target], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Error(`The program ${name} does not build.`);
  }
}

/** Kills what the scenarios started, the newest first, so that kube-apiserver goes before its etcd. */
function killAll(folder: string): void {
  const record = join(folder, 'pids');
  const pids = existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean).map(Number) : [];
  for (const pid of pids.reverse()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}

function keepLogs(folder: string): void {
  const logs = join(folder, 'logs');
  if (existsSync(logs)) {
    const kept = mkdtempSync(join(tmpdir(), 'immich-cdk8s-e2e-logs-'));
    mkdirSync(kept, { recursive: true });
    for (const log of readdirSync(logs)) {
      renameSync(join(logs, log), join(kept, log));
    }
    console.error(`e2e: the programs' logs are in ${kept}: ${readdirSync(kept).join(', ')}`);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`e2e: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
