import { withoutOurs } from '../../lib/dist/without-ours.ts';
import type { Files } from '../../lib/files/files.ts';
import { fluxSourceKinds } from '../../lib/installation/flux.ts';
import {
  type FluxSource,
  type Resident,
  type Surroundings,
  surroundingsIn,
} from '../../lib/repository/surroundings.ts';
import { parseDnsLabel, parseDnsSubdomain, parseKind } from '../../lib/values/names.ts';
import { nodeFiles } from '../node-files.ts';
import { type Answers, type FluxPlace, standardFlux } from './first-installation.ts';

/** The most entries of folders, and the most characters, that are looked at: init answers at once. */
const mostEntries = 20_000;
const mostText = 64 * 1024 * 1024;

const nothing: Surroundings = { residents: [], source: undefined, immich: undefined };

/** What a repository holds, as far as it can be told; nothing where there is none, or where it cannot be read. */
export function surroundingsAt(repository: string | undefined): Surroundings {
  if (repository === undefined) return nothing;
  try {
    return surroundingsIn(firstOf(withoutOurs(nodeFiles(repository))));
  } catch {
    // A first installation is written whatever else is there.
    return nothing;
  }
}

/** What a repository says of a first installation in one of its namespaces. */
export function answersFrom(
  { residents, source }: Surroundings,
  namespace: string,
): Pick<Answers, 'sharedBecause' | 'flux'> {
  const resident = residents.find((one) => one.namespace === namespace);
  return {
    sharedBecause:
      resident !== undefined
        ? `${nameOf(resident)} lives there too`
        : namespace === 'default'
          ? 'what names no namespace lives there'
          : undefined,
    flux: fluxPlaceOf(source) ?? standardFlux,
  };
}

/** What somebody is called in a comment, which ends with its line. */
function nameOf({ kind, name }: Resident): string {
  return parseKind(kind).ok && parseDnsSubdomain(name).ok ? `${kind} ${name}` : 'somebody';
}

function fluxPlaceOf(source: FluxSource | undefined): FluxPlace | undefined {
  if (source === undefined) return undefined;
  const { kind, name, namespace = standardFlux.namespace } = source;
  const isKnown = fluxSourceKinds.some((one) => one === kind);
  return isKnown && parseDnsSubdomain(name).ok && parseDnsLabel(namespace).ok
    ? { namespace, source: { kind, name } }
    : undefined;
}

/** The first part of what may be a very large folder. */
function firstOf(files: Files): Files {
  let entries = 0;
  let characters = 0;
  return {
    ...files,
    list: (folder) => {
      const found = entries < mostEntries ? files.list(folder) : [];
      entries += found.length;
      return found;
    },
    read: (path) => {
      const text = characters < mostText ? files.read(path) : '';
      characters += text.length;
      return text;
    },
  };
}
