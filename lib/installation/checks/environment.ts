import { type Component, environmentProblem } from '../../immich/environment.ts';
import { environmentValueProblem } from '../../immich/environment-values.ts';
import type { Place } from '../../schema/place.ts';
import { secretIn } from '../../text/secret.ts';
import type { Installation } from '../installation.ts';

/** Variables that Immich reads in this version, with values that it takes; none that is a secret, or set already. */
export function checkEnvironment({ server, machineLearning, version }: Installation, at: Place): void {
  const components = [
    { component: 'server', section: 'server', environment: server.environment },
    { component: 'machine-learning', section: 'machineLearning', environment: machineLearning.environment },
  ] as const;
  for (const { component, section, environment } of components) {
    for (const [name, value] of Object.entries(environment)) {
      const place = at.in(section, 'environment', name);
      const cause = causes[component].find(({ names }) => names.includes(name))?.cause;
      const problem = environmentProblem(component, name, version)?.message;
      const valueProblem = component === 'server' ? environmentValueProblem(name, value, version) : undefined;
      const secret = secretIn(name, value);
      if (secret !== undefined) {
        const what = secret.secret === value ? 'looks like a secret' : `holds ${secret.what}`;
        place.error(`"${name}" ${what}, and dist is committed. Keep it in a Secret.`);
      } else if (cause !== undefined) {
        place.error(`"${name}" is set already, ${cause}. Remove it here.`);
      } else if (problem !== undefined) {
        place.error(problem);
      } else if (valueProblem !== undefined) {
        place.error(valueProblem);
      }
    }
  }
}

const fixed = 'since ports, mounts and probes hang on it';

interface Cause {
  readonly names: readonly string[];
  /** What sets them, as the end of a sentence. */
  readonly cause: string;
}

/** The variables that the rest of the file sets, and by what. A second value would contradict it. */
const causes: { readonly [component in Component]: readonly Cause[] } = {
  server: [
    {
      names: ['DB_URL', 'DB_HOSTNAME', 'DB_PORT', 'DB_DATABASE_NAME', 'DB_USERNAME', 'DB_SSL_MODE'],
      cause: 'by what "database" says',
    },
    { names: ['NODE_EXTRA_CA_CERTS', 'PGSSLMODE', 'PGSSLROOTCERT'], cause: 'by what "database" says' },
    {
      names: ['REDIS_URL', 'REDIS_HOSTNAME', 'REDIS_PORT', 'REDIS_SOCKET'],
      cause: "by Valkey's own Service",
    },
    { names: ['TZ'], cause: 'by what "timezone" says' },
    { names: ['IMMICH_CONFIG_FILE'], cause: 'by what "config" or "configSecret" says' },
    { names: ['IMMICH_TRUSTED_PROXIES'], cause: 'by what "server.trustedProxies" says' },
    {
      names: ['IMMICH_WORKERS_INCLUDE', 'IMMICH_WORKERS_EXCLUDE'],
      cause: 'by what "server.microservices" says',
    },
    { names: ['IMMICH_MACHINE_LEARNING_URL'], cause: "by machine learning's own Service" },
    {
      names: [
        'HOME',
        'IMMICH_HOST',
        'IMMICH_PORT',
        'IMMICH_MEDIA_LOCATION',
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
