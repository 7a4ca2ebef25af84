import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

/**
 * A container image: `[registry/]repository[:tag][@digest]`, with a tag or a digest or both.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export interface Image {
  readonly text: string;
  /** The host it is pulled from, with its port if it has one; the container runtime's default when missing. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits: exactly these bytes, whatever the tag says later. */
  readonly digest?: string;
  /** The image that brings VectorChord to a PostgreSQL that has none in its own. */
  readonly vectorchord?: Image;
}

const componentForm = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const registryForm =
  '(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const tagForm = '[a-zA-Z0-9_][-a-zA-Z0-9_.]{0,127}';
const digestForm = 'sha256:[0-9a-f]{64}';

const componentText = new RegExp(`^${componentForm}$`);
const registryText = new RegExp(`^${registryForm}$`);
const wholeTag = new RegExp(`^${tagForm}$`);
const wholeDigest = new RegExp(`^${digestForm}$`);

/** What stands in front of the first slash is a registry, and no part of the name. */
const hasRegistry = '(?:[^/]*[.:][^/]*|localhost)/';

/** What `parseImage` reads, for editors, which do not count the characters of the repository. */
export const imagePattern = `^(?:(?=${hasRegistry})${registryForm}/|(?!${hasRegistry}))${componentForm}(?:/${componentForm})*(?::${tagForm}(?:@${digestForm})?|@${digestForm})$`;

/** Reads an image. One without tag and digest is refused: it would mean `latest`. `example` is one of the kind that is meant. */
export function parseImage(text: string, example?: string): Parsed<Image> {
  const [name = '', digest, ...more] = text.split('@');
  const colon = name.lastIndexOf(':') > name.lastIndexOf('/') ? name.lastIndexOf(':') : -1;
  const path = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? undefined : name.slice(colon + 1);
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  const registry = /[.:]|^localhost$/.test(first) ? first : undefined;
  const repository = registry === undefined ? path : path.slice(slash + 1);
  const problem =
    digestProblem(digest, more.length) ??
    nameProblem(text, registry, repository, example ?? any) ??
    tagProblem(path, tag) ??
    (tag === undefined && digest === undefined
      ? `has no tag and would mean latest. Write one, such as ${example ?? (path.includes('/') ? `${path}:1.2.3` : any)}.`
      : undefined);
  if (problem !== undefined) return refuse(`${quote(text)} ${problem}`);
  return understand({
    text,
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  });
}

/** What the tag of a PostgreSQL image says about what is inside. */
export interface PostgresVersions {
  /** `16.9`, or `16` when the tag leaves the minor version open. */
  readonly postgres: string;
  readonly major: number;
  /** The version of VectorChord, such as `0.4.3`; missing when the tag does not name one. */
  readonly vectorchord?: string;
}

/**
 * The versions in an image of PostgreSQL, by its tag; undefined when the tag does not say.
 *
 * Known are the tags of tensorchord (`cloudnative-vectorchord:16.9-0.4.3`, `vchord-scratch:pg18-v1.1.1`),
 * of Immich (`postgres:14-vectorchord0.4.3-pgvectors0.2.0`) and of CloudNativePG (`postgresql:18.4-standard-bookworm`),
 * in whatever registry the image is mirrored.
 */
export function postgresVersions(image: Image): PostgresVersions | undefined {
  const { tag = '', repository, vectorchord: extension } = image;
  if (extension !== undefined) {
    const { vectorchord: _, ...own } = image;
    const [server, brought] = [postgresVersions(own), postgresVersions(extension)?.vectorchord];
    return server && { ...server, ...(brought === undefined ? {} : { vectorchord: brought }) };
  }
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const form = forms.find(({ images, tags }) => images.test(name) && tags.test(tag));
  const [, postgres, vectorchord] = form?.tags.exec(tag) ?? [];
  if (postgres === undefined) return undefined;
  const major = Number.parseInt(postgres, 10);
  return vectorchord === undefined ? { postgres, major } : { postgres, major, vectorchord };
}

/** In order: the first form that fits an image says its versions. */
const forms: readonly { readonly images: RegExp; readonly tags: RegExp }[] = [
  { images: /vectorchord/, tags: /^(\d+(?:\.\d+)?)-v?(\d+\.\d+\.\d+)(?![.\d])/ },
  { images: /vchord/, tags: /^pg(\d+(?:\.\d+)?)-v(\d+\.\d+\.\d+)(?![.\d])/ },
  { images: /postgres/, tags: /^(\d+(?:\.\d+)?)-vectorchord(\d+\.\d+\.\d+)(?![.\d])/ },
  { images: /postgres|vectorchord|pgvecto/, tags: /^(?:pg)?(\d+(?:\.\d+)?)(?=[-.]|$)/ },
];

const any = 'ghcr.io/immich-app/immich-server:v3.3.1';

function nameProblem(
  text: string,
  registry: string | undefined,
  repository: string,
  example: string,
): string | undefined {
  const write = `Write it as ${example}.`;
  if (text === '') return `is empty. ${write}`;
  if (/\s/.test(text)) return `has a space in it. ${write}`;
  if (/^[a-z]+:\/\//i.test(text)) return `starts with a scheme. ${write}`;
  if (registry !== undefined && !registryText.test(registry)) {
    return `has the registry ${quote(registry)}, which is not a host. ${write}`;
  }
  if (repository.length > 255) {
    return `has a repository of ${repository.length} characters. Write at most 255.`;
  }
  const bad = repository.split('/').find((component) => !componentText.test(component));
  if (bad !== undefined && componentText.test(bad.toLowerCase())) {
    const lower = text.replace(repository, repository.toLowerCase());
    const right = parseImage(lower, example).ok ? lower : example;
    return `has capital letters in its repository. Write ${right}.`;
  }
  return bad === undefined ? undefined : `has ${quote(bad)} in its repository, which is not a name. ${write}`;
}

function tagProblem(path: string, tag: string | undefined): string | undefined {
  if (tag === undefined || wholeTag.test(tag)) return undefined;
  return `has the tag ${quote(tag)}; a tag is letters, digits, _, . and -, at most 128. Write it as ${path}:1.2.3.`;
}

function digestProblem(digest: string | undefined, more: number): string | undefined {
  if (more > 0) return 'has more than one @. Write one digest, as in @sha256:... with 64 hexadecimal digits.';
  if (digest === undefined || wholeDigest.test(digest)) return undefined;
  return 'has a digest that is not sha256. Write @sha256: and 64 lower-case hexadecimal digits.';
}
