import type { Field } from '../../manifests/field.ts';
import { immichRoutes } from '../../manifests/views/routes.ts';
import type { Comparison, Draft, Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

const routing: ReadonlySet<string> = new Set([
  'IngressRoute',
  'Ingress',
  'HTTPRoute',
  'Certificate',
  'Middleware',
]);

/** How browsers and phones reach Immich: hosts, certificates, what asks for a login before Immich, paths past it. */
export function routes(comparison: Comparison): Draft[] {
  const pairs = comparison.pairs.filter(({ kind }) => routing.has(kind));
  if (pairs.length === 0) return [];
  const { before, after } = comparison;
  return [...hosts(pairs, before, after), ...authentication(pairs, before, after), ...certificates(pairs)];
}

function hosts(pairs: readonly Pair[], before: Side, after: Side): Draft[] {
  const [earlier, later] = [hostsOf(before), hostsOf(after)];
  const gone = [...earlier].filter((host) => !later.has(host));
  const added = [...later].filter((host) => !earlier.has(host));
  if (gone.length === 0 && added.length === 0) return [];
  const now = added.join(', ');
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'host',
      from: gone.join(',') || 'nothing',
      to: added.join(',') || 'nothing',
      key: ['host'],
      sentence:
        gone.length === 0
          ? `Immich answers at ${now} too.`
          : `Immich no longer answers at ${gone.join(', ')}${now === '' ? '' : `, but at ${now}`}: phones stop uploading without a word until they are told, and shared links that were sent out lead nowhere.`,
      steps: [
        ...added.map((host) => `Make the DNS name ${host} lead to Traefik before merging.`),
        ...(gone.length === 0
          ? []
          : [
              `On every phone: log out, and in again at https://${added[0] ?? '...'}.`,
              'With OAuth: add the new redirect addresses (/auth/login, /user-settings) at the identity provider. Under Administration > Settings > Server, change the external domain.',
            ]),
      ],
      pairs: pairs.filter(({ kind }) => kind !== 'Middleware'),
      fields: ['spec.routes', 'spec.dnsNames', 'spec.rules', 'spec.tls', 'spec.hostnames'],
    },
  ];
}

function hostsOf(side: Side): Set<string> {
  const found = new Set<string>();
  for (const inventory of side.inventories.values()) {
    for (const { rule } of immichRoutes(inventory)) {
      for (const [, host = ''] of (rule.at('match').text ?? '').matchAll(/Host\(`([^`]+)`\)/g))
        found.add(host);
    }
    for (const ingress of inventory.all('networking.k8s.io', 'Ingress')) {
      for (const rule of ingress.at('spec', 'rules').items) found.add(rule.at('host').text ?? '*');
    }
    for (const route of inventory.all('gateway.networking.k8s.io', 'HTTPRoute')) {
      for (const host of route.at('spec', 'hostnames').texts) found.add(host);
    }
  }
  return found;
}

/** Middlewares that ask for a login, by what each rule of the route names. */
function authentication(pairs: readonly Pair[], before: Side, after: Side): Draft[] {
  const [earlier, later] = [rulesOf(before), rulesOf(after)];
  const all = (rules: readonly Rule[]) => new Set(rules.flatMap(({ guards }) => guards));
  const [was, is] = [all(earlier), all(later)];
  const gone = [...was].filter((name) => !is.has(name));
  const added = [...is].filter((name) => !was.has(name));
  const routePairs = pairs.filter(({ kind }) => kind === 'IngressRoute');
  const common = {
    topic: 'traffic',
    key: ['route', 'authentication'],
    pairs: routePairs,
    fields: ['spec.routes'],
  } as const;
  const drafts: Draft[] = [];
  if (gone.length > 0) {
    drafts.push({
      ...common,
      grade: 'steps',
      what: 'unauthenticate',
      from: gone.join(','),
      to: added.join(',') || 'nothing',
      sentence: `Nothing asks for a login before Immich any more where ${gone.join(', ')} did${added.length > 0 ? `, but ${added.join(', ')}` : ": everybody who reaches the host sees Immich's own login, and every hole in it counts"}.`,
      steps: ["See that only those have an account who should, and that Immich's own passwords are good."],
    });
  } else if (added.length > 0) {
    drafts.push({
      ...common,
      grade: 'steps',
      what: 'authenticate',
      from: 'nothing',
      to: added.join(','),
      sentence: `${added.join(', ')} asks for a login before Immich: phones can pass only where /api and /.well-known/immich are left out of it.`,
      steps: ['Try with a phone before the day is over: the app must upload.'],
    });
  }
  const opened = later.filter(
    ({ match, guards }) =>
      guards.length === 0 &&
      is.size > 0 &&
      !earlier.some((one) => one.match === match && one.guards.length === 0),
  );
  if (opened.length > 0 && was.size > 0) {
    drafts.push({
      ...common,
      grade: 'steps',
      what: 'openPaths',
      to: opened.map(({ match }) => match).join(' '),
      key: ['route', 'openPaths'],
      sentence: `Open without a login before Immich now: ${opened.map(({ match }) => match).join('; ')}.`,
    });
  }
  return drafts;
}

interface Rule {
  readonly match: string;
  readonly guards: readonly string[];
}

function rulesOf(side: Side): Rule[] {
  return [...side.inventories.values()].flatMap((inventory) =>
    immichRoutes(inventory).map(({ rule, middlewares }) => ({
      match: (rule.at('match').text ?? '').replace(/Host\(`[^`]*`\)(?: && )?/, ''),
      guards: rule
        .at('middlewares')
        .items.flatMap((one) => one.at('name').text ?? [])
        .filter((name) => asksForLogin(middlewares.find((known) => known.get('metadata', 'name') === name))),
    })),
  );
}

/** Middlewares that are not in these manifests are those of a login, or whatever else somebody has put there. */
function asksForLogin(middleware: Field | undefined): boolean {
  if (middleware === undefined) return true;
  return ['forwardAuth', 'basicAuth', 'digestAuth', 'plugin'].some(
    (kind) => middleware.at('spec', kind).exists,
  );
}

function certificates(pairs: readonly Pair[]): Draft[] {
  const changed = pairs.filter(({ kind, differences, before, after }) =>
    kind === 'Certificate'
      ? before === undefined ||
        after === undefined ||
        differences.some(({ way }) => /^spec\.(issuerRef|secretName)/.test(way))
      : kind === 'IngressRoute' && differences.some(({ way }) => way.startsWith('spec.tls')),
  );
  const [first] = changed;
  if (first === undefined) return [];
  const isGone = changed.some(({ kind, after }) => kind === 'Certificate' && after === undefined);
  const certificate = changed.find(({ kind }) => kind === 'Certificate') ?? first;
  const place = certificate.namespace === undefined ? '' : ` --namespace ${certificate.namespace}`;
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'certificate',
      key: ['route', 'certificate'],
      sentence: isGone
        ? `The certificate ${certificate.name} is no longer renewed: phones and browsers refuse Immich when it runs out, or at once where another is shown.`
        : `The certificate comes from elsewhere (${certificate.kind} ${certificate.name}). Until it is issued Traefik shows its own, which phones refuse.`,
      steps: [
        ...(isGone ? [] : [`After merging: kubectl get certificate${place} must say Ready.`]),
        'Open Immich on a phone.',
      ],
      pairs: changed,
      fields: ['spec.issuerRef', 'spec.secretName', 'spec.tls'],
    },
  ];
}
