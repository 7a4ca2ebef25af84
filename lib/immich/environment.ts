import { nearest } from '../text/nearest.ts';
import { compareVersions, type Version } from '../values/version.ts';
import { legacyMachineLearningVariables, machineLearningVariables } from './environment/machine-learning.ts';
import { composeVariables, legacyServerVariables, serverVariables } from './environment/server.ts';
import type { Component, Variable, Variables } from './environment/variable.ts';
import { release } from './release.ts';
import { historyOf } from './releases.ts';

export type { Component } from './environment/variable.ts';

/** Why setting an environment variable does not do what it seems to. */
export interface EnvironmentProblem {
  /**
   * `unknown`: nothing of Immich reads it. `removed` and `not-yet`: other versions do. `legacy`: only versions before
   * v1.130 did, or only Docker Compose does. `wrong-component`: only the other component does.
   */
  readonly kind: 'unknown' | 'removed' | 'not-yet' | 'legacy' | 'wrong-component';
  /** A sentence that starts with the quoted name and says what to write instead. */
  readonly message: string;
  /** What to set instead: the name of a variable, or what took its place. */
  readonly replacement?: string;
}

/**
 * What is wrong with setting `name` on `component` of Immich `version`; undefined when it is read, or is nothing that
 * Immich could mean, such as TZ, PGSSLROOTCERT or HF_HOME. It speaks only of what is known: without a version only of
 * what holds for all of them.
 *
 * A variable that only fills in another one, by `$(NAME)`, is not meant for Immich: do not ask about it.
 */
export function environmentProblem(
  component: Component,
  name: string,
  version: Version | undefined,
): EnvironmentProblem | undefined {
  const { known, legacy, label } = tables[component];
  const variable = known.get(name);
  if (variable !== undefined) {
    const history = component === 'server' ? historyOf('environment', name) : {};
    return problemOf(name, { ...variable, ...history }, version);
  }
  const old = legacy.get(name);
  if (old !== undefined) return isOld(version) ? undefined : legacyProblem(name, old);
  if (composeVariables.has(name)) {
    return {
      kind: 'legacy',
      message: `${name} is read by Immich's docker-compose.yml, not by ${label}. Leave it out.`,
    };
  }
  const other = component === 'server' ? tables['machine-learning'] : tables.server;
  if (other.known.has(name) && isOfImmich(name)) {
    return {
      kind: 'wrong-component',
      message: `${name} is read by ${other.label}, not by ${label}. Set it there.`,
    };
  }
  return isOld(version) || other.known.has(name) ? undefined : unknownProblem(name, label, known);
}

/** Whether a component of any release of Immich reads a variable. */
export function knowsVariable(component: Component, name: string): boolean {
  return tables[component].known.has(name);
}

const tables: Readonly<
  Record<Component, { readonly known: Variables; readonly legacy: Variables; readonly label: string }>
> = {
  server: { known: serverVariables, legacy: legacyServerVariables, label: "Immich's server" },
  'machine-learning': {
    known: machineLearningVariables,
    legacy: legacyMachineLearningVariables,
    label: "Immich's machine learning",
  },
};

/** How the names of Immich's own variables begin. */
const prefixes = ['IMMICH_', 'MACHINE_LEARNING_', 'DB_', 'REDIS_'];

/** Older versions are not in the tables; of them nothing is said but what holds since. */
const oldest = release(1, 130, 0);

function isOld(version: Version | undefined): boolean {
  return version !== undefined && compareVersions(version, oldest) < 0;
}

function problemOf(
  name: string,
  { since, removedIn, replacedBy }: Variable,
  version: Version | undefined,
): EnvironmentProblem | undefined {
  if (version === undefined) return undefined;
  if (removedIn !== undefined && compareVersions(version, removedIn) >= 0) {
    return {
      kind: 'removed',
      message: `${name} has not been read since Immich ${removedIn.text}. ${insteadOf(replacedBy)}`,
      ...(replacedBy === undefined ? {} : { replacement: replacedBy }),
    };
  }
  if (since !== undefined && compareVersions(version, since) < 0) {
    return {
      kind: 'not-yet',
      message: `${name} is read from Immich ${since.text} on, and ignored by ${version.text}. Leave it out, or use a newer Immich.`,
    };
  }
  return undefined;
}

function legacyProblem(name: string, { replacedBy }: Variable): EnvironmentProblem {
  return {
    kind: 'legacy',
    message: `${name} was only read by old versions of Immich. ${insteadOf(replacedBy)}`,
    ...(replacedBy === undefined ? {} : { replacement: replacedBy }),
  };
}

function insteadOf(replacement: string | undefined): string {
  return replacement === undefined ? 'Leave it out.' : `Set ${replacement} instead.`;
}

function unknownProblem(name: string, label: string, known: Variables): EnvironmentProblem | undefined {
  if (!isOfImmich(name) && !startsAlmostLikeImmich(name)) return undefined;
  const suggestion = isOfMetrics(name) ? 'IMMICH_TELEMETRY_INCLUDE' : nearest(name, [...known.keys()]);
  if (!isOfImmich(name) && suggestion === undefined) return undefined;
  return {
    kind: 'unknown',
    message: `${name} is not read by ${label}. ${suggestion === undefined ? 'Leave it out.' : `Did you mean ${suggestion}?`}`,
    ...(suggestion === undefined ? {} : { replacement: suggestion }),
  };
}

/** Whether a name was made up after the one switch that there is for metrics. */
function isOfMetrics(name: string): boolean {
  return /^IMMICH_(\w+_)?(METRICS|TELEMETRY)(_|$)/.test(name);
}

function isOfImmich(name: string): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}

/** Whether the first word is a slip of one of Immich's, as in IMICH_PORT; DB is too short to tell. */
function startsAlmostLikeImmich(name: string): boolean {
  return nearest(name.split('_')[0] ?? '', ['IMMICH', 'MACHINE', 'REDIS']) !== undefined;
}
