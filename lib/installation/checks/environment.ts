import { type Component, environmentProblem } from '../../immich/environment.ts';
import { environmentValueProblem } from '../../immich/environment-values.ts';
import { machineLearningValueProblem } from '../../immich/machine-learning-values.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { secretIn } from '../../text/secret.ts';
import type { Version } from '../../values/version.ts';
import type { Installation } from '../installation.ts';
import { learningPoolsOf } from '../machine-learning.ts';
import type { Valkey } from '../valkey.ts';
import { bucketAddress, photosInS3 } from '../wishes/common.ts';

/** Variables that Immich reads in this version, with values that it takes; none that is a secret, or set already. */
export function checkEnvironment(
  { server, machineLearning, valkey, version }: Installation,
  at: Place,
): void {
  const connections = [...fileConnections, queueCause(valkey)];
  checkVariables('server', { ...server, version, connections }, at.in('server'));
  checkVariables(
    'server',
    { ...server.microservices, version, connections },
    at.in('server', 'microservices'),
  );
  const [first] = learningPoolsOf(machineLearning);
  // All pools have the same variables, which stand once.
  if (first !== undefined) {
    const given = { ...first.pods, version, connections: [] };
    checkVariables('machine-learning', given, at.in('machineLearning'));
  }
}

/** The same for one component. `connections` are the variables that say where it finds others, and what sets them. */
export function checkVariables(
  component: Component,
  given: {
    readonly environment: { readonly [name: string]: string };
    readonly environmentFrom: { readonly [name: string]: unknown };
    readonly version: Version;
    readonly connections: readonly Cause[];
    /** The paths of what is mounted into the container beside volumes. */
    readonly files?: readonly string[];
  },
  at: Place,
): void {
  const { environment, environmentFrom, version, connections, files = [] } = given;
  const causes = [...connections, ...ownCauses[component]];
  for (const [name, value] of Object.entries(environment)) {
    const problem =
      bucketOfPhotos(name, value) ??
      secretInVariable(name, value, causes) ??
      setAlready(name, causes) ??
      environmentProblem(component, name, version)?.message ??
      (component === 'server'
        ? (environmentValueProblem(name, value, version) ?? missingFile(name, value, files))
        : machineLearningValueProblem(name, value));
    if (problem !== undefined) at.in('environment', name).error(problem);
  }
  const literals: Cause = { names: Object.keys(environment), cause: 'by environment' };
  for (const name of Object.keys(environmentFrom)) {
    const problem =
      setAlready(name, [...causes, literals]) ?? environmentProblem(component, name, version)?.message;
    if (problem !== undefined) at.in('environmentFrom', name).error(problem);
  }
}

/** The same for a component whose variables nobody knows. */
export function checkFreeVariables(
  given: {
    readonly environment: { readonly [name: string]: string };
    readonly environmentFrom: { readonly [name: string]: unknown };
  },
  at: Place,
): void {
  for (const [name, value] of Object.entries(given.environment)) {
    const problem = secretInVariable(name, value, []);
    if (problem !== undefined) at.in('environment', name).error(problem);
  }
  const literals: Cause = { names: Object.keys(given.environment), cause: 'by environment' };
  for (const name of Object.keys(given.environmentFrom)) {
    const problem = setAlready(name, [literals]);
    if (problem !== undefined) at.in('environmentFrom', name).error(problem);
  }
}

function secretInVariable(name: string, value: string, causes: readonly Cause[]): string | undefined {
  const problem = secretProblem(name, value);
  if (problem === undefined || setAlready(name, causes) !== undefined) return problem;
  return `${problem} Name it in environmentFrom: { ${name}: { secret: ..., key: ... } }.`;
}

/** What is said where photos should be in a bucket. */
function bucketOfPhotos(name: string, value: string): string | undefined {
  return /^(?:IMMICH_MEDIA|UPLOAD)_LOCATION$/.test(name) && bucketAddress.test(value)
    ? `${quote(value)} is no folder in a pod. ${photosInS3.says} Remove it here.`
    : undefined;
}

function setAlready(name: string, causes: readonly Cause[]): string | undefined {
  const cause = causes.find(({ names }) => names.includes(name))?.cause;
  return cause === undefined ? undefined : `${quote(name)} is set already, ${cause}. Remove it here.`;
}

/** What is wrong with a file that the server reads at its start, where nothing puts it into the container. */
function missingFile(name: string, value: string, files: readonly string[]): string | undefined {
  if (name !== 'IMMICH_HELMET_FILE' || /^(true|false)$/.test(value)) return undefined;
  return files.some((path) => value === path || value.startsWith(`${path}/`))
    ? undefined
    : `${name} is ${quote(value)}, a file that the container does not have, and the server would not start. Write "true" for the headers that come with Immich, or "false".`;
}

/** What is wrong with a variable whose value is a secret, or holds one. */
export function secretProblem(name: string, value: string): string | undefined {
  const secret = secretIn(name, value);
  if (secret === undefined) return undefined;
  const what = secret.secret === value ? 'looks like a secret' : `holds ${secret.what}`;
  return `${quote(name)} ${what}, and dist is committed. Keep it in a Secret.`;
}

const fixed = 'since ports, mounts and probes hang on it';

/** Variables that are set already. A second value would contradict the first. */
export interface Cause {
  readonly names: readonly string[];
  /** What sets them, as the end of a sentence. */
  readonly cause: string;
}

/** Where the server finds everything else, as an installation file says it. */
const fileConnections: readonly Cause[] = [
  {
    names: [
      'DB_URL',
      'DB_HOSTNAME',
      'DB_PORT',
      'DB_DATABASE_NAME',
      'DB_USERNAME',
      'DB_PASSWORD',
      'DB_SSL_MODE',
    ],
    cause: 'by what "database" says',
  },
  { names: ['NODE_EXTRA_CA_CERTS', 'PGSSLMODE', 'PGSSLROOTCERT'], cause: 'by what "database" says' },
  {
    names: ['IMMICH_MACHINE_LEARNING_URL', 'IMMICH_MACHINE_LEARNING_ENABLED'],
    cause: 'by what "machineLearning" says',
  },
];

/** What says where the queue of jobs is. */
function queueCause(valkey: Valkey): Cause {
  const names = ['REDIS_URL', 'REDIS_HOSTNAME', 'REDIS_PORT', 'REDIS_SOCKET'];
  return valkey.kind === 'own'
    ? { names, cause: "by Valkey's own Service" }
    : {
        names: [...names, 'REDIS_USERNAME', 'REDIS_PASSWORD', 'REDIS_DBINDEX'],
        cause: 'by what "valkey.external" says',
      };
}

/** What a component sets itself. */
const ownCauses: { readonly [component in Component]: readonly Cause[] } = {
  server: [
    { names: ['TZ'], cause: 'by what "timezone" says' },
    { names: ['IMMICH_MEDIA_LOCATION'], cause: 'by what "volumes.mediaLocation" says' },
    { names: ['IMMICH_CONFIG_FILE'], cause: 'by what "config" or "configSecret" says' },
    { names: ['IMMICH_ALLOW_SETUP'], cause: 'by what "server.allowSetup" says' },
    { names: ['IMMICH_TRUSTED_PROXIES'], cause: 'by what "server.trustedProxies" says' },
    {
      names: ['IMMICH_WORKERS_INCLUDE', 'IMMICH_WORKERS_EXCLUDE'],
      cause: 'by what "server.microservices" says',
    },
    {
      names: [
        'HOME',
        'IMMICH_HOST',
        'IMMICH_PORT',
        'IMMICH_API_METRICS_PORT',
        'IMMICH_MICROSERVICES_METRICS_PORT',
      ],
      cause: fixed,
    },
  ],
  'machine-learning': [
    {
      names: [
        'HOME',
        'IMMICH_HOST',
        'IMMICH_PORT',
        'MACHINE_LEARNING_CACHE_FOLDER',
        'TRANSFORMERS_CACHE',
        'HF_HOME',
        'MPLCONFIGDIR',
      ],
      cause: fixed,
    },
    { names: ['HF_HUB_OFFLINE'], cause: 'by what "machineLearning.offline" says' },
  ],
};
