import { spawn } from 'node:child_process';
import { instanceContainer } from '../../lib/cnpg/names.ts';
import type { Answer, LivingCluster, SecretOutline } from '../../lib/doctor/cluster.ts';
import type { Value } from '../../lib/manifests/manifest.ts';

/**
 * A cluster as the person's own kubectl sees it in a context. Nothing is called but `kubectl get`, and `kubectl exec` with
 * a psql whose session is read only.
 */
export function kubectlCluster(context: string | undefined, program = 'kubectl'): LivingCluster {
  const call = (args: readonly string[]) => callOneOfFew(program, args);
  const known = new Map<string, Promise<Answer<Value>>>();
  const options = [...(context === undefined ? [] : ['--context', context]), '--request-timeout=20s'];
  return {
    get: (path) => {
      const earlier = known.get(path);
      if (earlier !== undefined) return earlier;
      const answer = call([...options, 'get', '--raw', path]).then((called) => answerOf(called, parseAnswer));
      known.set(path, answer);
      return answer;
    },
    secret: async (namespace, name) => {
      const place = ['secret', name, '--namespace', namespace, '--output', `go-template=${outline}`];
      return answerOf(await call([...options, 'get', ...place]), outlineOf);
    },
    query: async ({ namespace, pod, database, sql }) => {
      const place = ['exec', pod, '--namespace', namespace, '--container', instanceContainer, '--'];
      const session = `dbname=${database} options='-c default_transaction_read_only=on -c statement_timeout=10s'`;
      const psql = ['psql', '--no-psqlrc', '--quiet', '--tuples-only', '--no-align'];
      return answerOf(
        await call([...options, ...place, ...psql, '--dbname', session, '--command', sql]),
        parseAnswer,
      );
    },
  };
}

/** The names of the contexts of the person's kubeconfig, and the one that is used when none is named. */
export interface Contexts {
  readonly names: readonly string[];
  readonly current: string | undefined;
}

/** Reads the kubeconfig, which asks no cluster; a sentence where there is no kubectl. */
export async function readContexts(): Promise<Contexts | string> {
  const [all, current] = await Promise.all([
    callOneOfFew('kubectl', ['config', 'get-contexts', '--output', 'name']),
    callOneOfFew('kubectl', ['config', 'current-context']),
  ]);
  if (all.status !== 0) return all.stderr;
  const name = current.status === 0 ? current.stdout.trim() : '';
  return {
    names: all.stdout.split('\n').filter((line) => line !== ''),
    current: name === '' ? undefined : name,
  };
}

/** Prints the type of a Secret and its keys, so that its values do not even reach this program. */
const outline =
  '{{.type}}{{range $key, $value := .data}}{{"\\n"}}{{if $value}}+{{else}}-{{end}}{{$key}}{{end}}';

function outlineOf(text: string): SecretOutline {
  const [type = '', ...lines] = text.split('\n');
  const keysWith = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(1));
  return { type, keys: [...keysWith('+'), ...keysWith('-')], empty: keysWith('-') };
}

function parseAnswer(text: string): Value {
  const value: Value = JSON.parse(text);
  return value;
}

function answerOf<T>({ status, stdout, stderr }: Called, read: (text: string) => T): Answer<T> {
  if (status === 0) {
    try {
      return { kind: 'seen', value: read(stdout) };
    } catch {
      return { kind: 'unseen', why: 'The answer is no JSON.' };
    }
  }
  return stderr.includes('(NotFound)') ? { kind: 'absent' } : { kind: 'unseen', why: stderr };
}

interface Called {
  readonly status: number;
  readonly stdout: string;
  /** What was said of a failure, on one line. */
  readonly stderr: string;
}

/** How long a kubectl may take, which has a time limit of its own for the API server, in milliseconds. */
const longest = 60_000;

/** So many kubectls run at once. */
const most = 6;
let running = 0;
const waiting: (() => void)[] = [];

async function callOneOfFew(program: string, args: readonly string[]): Promise<Called> {
  if (running >= most) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await run(program, args);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function run(program: string, args: readonly string[]): Promise<Called> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: longest });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', (error) => {
      const isMissing = 'code' in error && error.code === 'ENOENT';
      const stderr = isMissing
        ? 'There is no kubectl in PATH. Install it: https://kubernetes.io/docs/tasks/tools/'
        : `kubectl cannot be run: ${error.message}.`;
      done({ status: 127, stdout: '', stderr });
    });
    child.on('close', (status, signal) => {
      if (signal !== null) {
        err.push(Buffer.from(`kubectl was ended by ${signal}, after at most ${longest / 1000} s.`));
      }
      const stdout = Buffer.concat(out).toString('utf8');
      done({ status: status ?? 1, stdout, stderr: complaintOf(Buffer.concat(err).toString('utf8')) });
    });
  });
}

/** The last line is what ended it; those before are warnings, or the same failure tried again. */
function complaintOf(stderr: string): string {
  const lines = stderr.trim().split('\n');
  // What ran in a container has said why before kubectl says that it ended.
  const said = lines.filter((line) => !line.startsWith('command terminated with exit code'));
  const line = (said.find((one) => /^(psql: error|ERROR|FATAL):/.test(one)) ?? said.at(-1) ?? '').trim();
  // The address of an `exec` has all that was to be run.
  return line === '' ? 'kubectl failed without a word.' : line.replace(/\?[^"\s]*command=[^"\s]*/g, '');
}
