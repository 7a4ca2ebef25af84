import type { EntranceView } from '../../manifests/views/entrances.ts';
import type { Draft } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** What asks for a login before Immich: that it goes or comes, and which paths are open past it. */
export function authentication(
  pairs: readonly Pair[],
  before: readonly EntranceView[],
  after: readonly EntranceView[],
): Draft[] {
  // Where Immich is no longer reached at all, or was not, a login says nothing.
  if (before.length === 0 || after.length === 0) return [];
  const all = (some: readonly EntranceView[]) => new Set(some.flatMap(({ guards }) => guards));
  const [was, is] = [all(before), all(after)];
  const gone = [...was].filter((name) => !is.has(name));
  const added = [...is].filter((name) => !was.has(name));
  const common = {
    topic: 'traffic',
    key: ['route', 'authentication'],
    pairs,
    fields: ['spec.routes', 'spec.rules', ...annotations],
  } as const;
  const drafts: Draft[] = [];
  if (gone.length > 0) {
    drafts.push({
      ...common,
      grade: 'steps',
      what: 'unauthenticate',
      from: gone.join(','),
      to: added.join(',') || 'nothing',
      sentence:
        added.length > 0
          ? `${added.join(', ')} stands before Immich, in the place of ${gone.join(', ')}.`
          : `${gone.join(', ')} no longer stands before Immich: where it asked for a login, everybody who reaches the host now sees Immich's own login, and every hole in it counts.`,
      steps:
        added.length > 0
          ? ['After merging: log in with a browser, and see that a phone still uploads.']
          : ["See that only those have an account who should, and that Immich's own passwords are good."],
    });
  } else if (added.length > 0) {
    drafts.push({
      ...common,
      grade: 'steps',
      what: 'authenticate',
      from: 'nothing',
      to: added.join(','),
      sentence: `${added.join(', ')} stands before Immich from now on: where it asks for a login, phones can pass only if /api and /.well-known/immich are left out of it.`,
      steps: ['Try with a phone before the day is over: the app must upload.'],
    });
  }
  if (was.size > 0 && is.size > 0) drafts.push(...openPaths(before, after, common));
  return drafts;
}

/** What is reached without a login, where there is one. */
function openPaths(
  before: readonly EntranceView[],
  after: readonly EntranceView[],
  common: Pick<Draft, 'topic' | 'pairs' | 'fields'>,
): Draft[] {
  const [earlier, later] = [openIn(before), openIn(after)];
  const opened = [...later].filter((path) => !earlier.has(path));
  const closed = [...earlier].filter((path) => !later.has(path));
  if (opened.length === 0 && closed.length === 0) return [];
  return [
    {
      ...common,
      grade: 'steps',
      what: 'openPaths',
      from: closed.join(' ') || 'nothing',
      to: opened.join(' ') || 'nothing',
      key: ['route', 'openPaths'],
      sentence: [
        ...(opened.length === 0 ? [] : [`Open without a login before Immich now: ${opened.join(', ')}.`]),
        ...(closed.length === 0
          ? []
          : [
              `Behind the login before Immich now: ${closed.join(', ')}.${closed.includes('/share/') ? ' People without an account there no longer see what was shared with them by a link.' : ''}${closed.includes('/api') ? ' Phones do not pass the login, and stop uploading.' : ''}`,
            ]),
      ].join(' '),
      steps: [
        ...(opened.length === 0
          ? []
          : ['Open these paths in a private window: they must show no more than is meant.']),
        ...(closed.length === 0
          ? []
          : ['Tell those who were sent a link, and see that a phone still uploads.']),
      ],
    },
  ];
}

/** The paths that no login stands before, as people write them: `/share/`. */
function openIn(doors: readonly EntranceView[]): Set<string> {
  return new Set(
    doors
      .filter(({ guards }) => guards.length === 0)
      .flatMap(({ match }) =>
        match
          .split(' || ')
          .map((part) => /^\(*Path(?:Prefix)?\(`([^`]+)`\)\)*$/.exec(part)?.[1] ?? part)
          .map((part) => part || 'everything'),
      ),
  );
}

const annotations = [
  'metadata.annotations.traefik.ingress.kubernetes.io/router.middlewares',
  ...['auth-url', 'auth-secret', 'auth-signin', 'auth-type', 'auth-response-headers'].map(
    (name) => `metadata.annotations.nginx.ingress.kubernetes.io/${name}`,
  ),
];
