import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { immichDoors } from '../../../manifests/views/doors.ts';
import { type ImmichRouteView, immichRoutes } from '../../../manifests/views/routes.ts';
import { quote } from '../../../text/quoting.ts';
import { routeThrough } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const authenticationBreaksApps: Rule = {
  id: 'authentication-breaks-apps',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Authentication in front of Immich locks out its mobile apps.',
  why: 'The mobile apps log in at Immich itself, and cannot fill in the form of another login in front of it. Behind one they get a web page where they expect the API, and backups from phones stop.',
  url: 'https://github.com/immich-app/immich/discussions/3118',
  limits: 'Which paths the provider lets past by its own configuration is not known.',
  examples: {
    good: routeThrough(
      'forwardAuth: { address: http://auth.example.com }',
      'Host(`photos.example.com`) && !PathPrefix(`/api`) && !PathPrefix(`/.well-known/immich`)',
    ),
    broken: {
      'match: Host(`photos.example.com`) && !PathPrefix(`/api`) && !PathPrefix(`/.well-known/immich`)':
        'match: Host(`photos.example.com`)',
    },
  },
  check(inventory, report) {
    checkDoors(inventory, report);
    const routes = immichRoutes(inventory);
    for (const { rule, middlewares } of routes) {
      const match = rule.at('match').text ?? '';
      const past = appPaths.filter((path) => routes.some((route) => isBypass(route, path, match)));
      const authentication = middlewares.find(isLogin);
      const behind = appPaths.filter((path) => !past.includes(path) && !spares(match, path));
      if (authentication === undefined || behind.length === 0) continue;
      const name = authentication.get('metadata', 'name');
      report(rule.at('middlewares'), {
        message: behind.includes('/api')
          ? `Middleware ${quote(name)} asks for a login that the mobile apps cannot give; they no longer connect.`
          : `Middleware ${quote(name)} keeps /.well-known/immich behind a login, where the mobile apps ask at their own login which address to use.`,
        fix: 'Add a route for PathPrefix(`/api`) || PathPrefix(`/.well-known/immich`) with a higher priority and without this middleware.',
      });
    }
  },
};

/** The same by an Ingress or an HTTPRoute. */
function checkDoors(inventory: Inventory, report: Report): void {
  const doors = immichDoors(inventory);
  const behind = appPaths.filter(
    (path) => !doors.some(({ login, paths }) => login === undefined && paths.some((one) => takes(one, path))),
  );
  for (const { login, paths } of doors) {
    const blocked = behind.filter((path) => paths.some((one) => takes(one, path)));
    if (login !== undefined && blocked.length > 0) {
      report(login, {
        message: blocked.includes('/api')
          ? 'This asks for a login that the mobile apps cannot give; they no longer connect.'
          : 'This keeps /.well-known/immich behind a login, where the mobile apps ask at their own login which address to use.',
        fix: 'Add a route for /api and /.well-known/immich without it.',
      });
    }
  }
}

/** Whether a path, or the beginning of a pattern, takes requests for another one below it. */
function takes(path: string, wanted: AppPath): boolean {
  const start = path.replace(/[(|[*].*$/, '').replace(/\/+$/, '');
  return wanted === start || wanted.startsWith(`${start}/`);
}

const kinds = ['forwardAuth', 'basicAuth', 'digestAuth'];

/** What the mobile apps ask for. */
const appPaths = ['/api', '/.well-known/immich'] as const;
type AppPath = (typeof appPaths)[number];

function isLogin(middleware: Field): boolean {
  return kinds.some((kind) => middleware.at('spec', kind).exists);
}

/** Whether the rule leaves a path to another one: it excludes some paths, or is about others. */
function spares(match: string, path: AppPath): boolean {
  if (exclusion.test(match)) {
    return path === '/api' || /well-known/.test(match);
  }
  return /Path(Prefix|Regexp)?\(/.test(match) && !names(match, path);
}

const exclusion = /!\s*\(*\s*Path(Prefix|Regexp)?\(/;

/** Whether a rule takes the apps' requests for a path past a login: on the same host, or wholly on one of its own. */
function isBypass({ rule, middlewares }: ImmichRouteView, path: AppPath, login: string): boolean {
  const match = rule.at('match').text ?? '';
  const isOtherHost = !/Path/.test(match) && hostsIn(match) !== hostsIn(login);
  return (isOtherHost || names(match, path)) && !exclusion.test(match) && !middlewares.some(isLogin);
}

function hostsIn(match: string): string {
  return (match.match(/Host(Regexp)?\([^)]*\)/g) ?? []).join(' ');
}

function names(match: string, path: AppPath): boolean {
  return path === '/api' ? /\/\(?api/.test(match) || /\(api\b/.test(match) : /well-known/.test(match);
}
