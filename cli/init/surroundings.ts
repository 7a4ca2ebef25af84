import { withoutOurs } from '../../lib/dist/without-ours.ts';
import type { Files } from '../../lib/files/files.ts';
import { fluxSourceKinds } from '../../lib/installation/flux.ts';
import {
  type ApplicationFolder,
  type FluxSource,
  type Resident,
  type Surroundings,
  surroundingsIn,
} from '../../lib/repository/surroundings.ts';
import { parseDnsLabel, parseDnsSubdomain, parseKind } from '../../lib/values/names.ts';
import { nodeFiles } from '../node-files.ts';
import { type Delivery, type FluxPlace, standardFlux } from './delivery.ts';
import type { Answers } from './first-installation.ts';
import { repositoryUrl } from './place.ts';

/** The most entries of folders, and the most characters, that are looked at: init answers at once. */
const mostEntries = 20_000;
const mostText = 64 * 1024 * 1024;

const nothing: Surroundings = {
  residents: [],
  source: undefined,
  applicationFolders: [],
  argocd: undefined,
  immich: undefined,
};

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

/** Why the namespace is shared with others; undefined where nobody is known to live there. */
export function sharedBecause(
  { residents }: Surroundings,
  namespace: string,
  delivery: Delivery,
): Answers['sharedBecause'] {
  const resident = residents.find((one) => one.namespace === namespace);
  if (resident !== undefined) return `${nameOf(resident)} lives there too`;
  if (namespace === 'default') return 'what names no namespace lives there';
  return delivery.kind === 'cluster-template' && delivery.place.namespace === namespace
    ? 'what stands above the application makes it'
    : undefined;
}

/** How a person wants dist to be delivered, or how the repository does it with all else. */
export function deliveryFrom(
  surroundings: Surroundings,
  wanted: { readonly layout?: string | undefined; readonly deliver?: string | undefined },
  found: ApplicationFolder | undefined,
): Delivery {
  const { source, argocd } = surroundings;
  const isArgoCD = wanted.deliver === 'argocd' || (argocd !== undefined && wanted.deliver === undefined);
  if (isArgoCD && wanted.layout === undefined) {
    const namespace = parseDnsLabel(argocd?.namespace ?? '').ok ? argocd?.namespace : undefined;
    return {
      kind: 'argocd',
      namespace: namespace ?? 'argocd',
      repository: argocd?.repository ?? repositoryUrl(),
      seen: wanted.deliver === undefined ? argocd?.file : undefined,
    };
  }
  const place = fluxPlaceOf(source) ?? standardFlux;
  if (found === undefined) return { kind: 'flux', place };
  return {
    kind: 'cluster-template',
    place: {
      namespace: found.namespace ?? place.namespace,
      source: {
        ...place.source,
        ...(place.namespace === standardFlux.namespace ? {} : { namespace: place.namespace }),
      },
    },
    seen: wanted.layout === undefined ? `${found.folder}/*/ks.yaml` : undefined,
  };
}

/**
 * The folder that an application goes into, where a person wants that layout or the repository has it: that of the
 * namespace, that of media, or the fullest.
 */
export function applicationFolderFor(
  { applicationFolders, argocd }: Surroundings,
  wanted: {
    readonly layout?: string | undefined;
    readonly deliver?: string | undefined;
    readonly namespace: string;
    readonly output: string | undefined;
  },
): ApplicationFolder | undefined {
  const isWanted = wanted.layout === 'cluster-template';
  if (wanted.layout === 'layers' || wanted.deliver === 'argocd' || argocd !== undefined) {
    return isWanted ? { folder: standardApplications, namespace: 'media' } : undefined;
  }
  if (wanted.output !== undefined) {
    if (!isWanted) return undefined;
    const known = applicationFolders.find(({ folder }) => folder === wanted.output);
    const [last = ''] = wanted.output.split('/').slice(-1);
    return known ?? { folder: wanted.output, namespace: parseDnsLabel(last).ok ? last : undefined };
  }
  const named = (name: string) => applicationFolders.find(({ folder }) => folder.endsWith(`/${name}`));
  const best = named(wanted.namespace) ?? named('media') ?? applicationFolders[0];
  return best ?? (isWanted ? { folder: standardApplications, namespace: 'media' } : undefined);
}

/** Where applications with media stand in https://github.com/onedr0p/cluster-template. */
const standardApplications = 'kubernetes/apps/media';

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
