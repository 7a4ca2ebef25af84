import { type ImmichRouteView, immichRoutes } from '../../../manifests/views/routes.ts';
import { routeThrough } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const authenticationBreaksApps: Rule = {
  id: 'authentication-breaks-apps',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Authentication in front of Immich locks out its mobile apps.',
  why: 'The mobile apps log in at Immich itself, and cannot fill in the form of another login in front of it. Behind one they get a web page where they expect the API, and backups from phones stop.',
  url: 'https://github.com/immich-app/immich/discussions/3118',
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
    const routes = immichRoutes(inventory);
    for (const { rule, middlewares } of routes) {
      const authentication = middlewares.find((one) => KINDS.some((kind) => one.at('spec', kind).exists));
      if (authentication !== undefined && !sparesApi(rule.at('match').text ?? '') && !routes.some(isBypass)) {
        report(rule.at('middlewares'), {
          message: `Middleware "${authentication.get('metadata', 'name')}" asks for a login that the mobile apps cannot give; they no longer connect.`,
          fix: 'Add a route for PathPrefix(`/api`) || PathPrefix(`/.well-known/immich`) with a higher priority and without this middleware.',
        });
      }
    }
  },
};

const KINDS = ['forwardAuth', 'basicAuth', 'digestAuth'];

/** Whether the rule leaves the apps' paths to another one. */
function sparesApi(match: string): boolean {
  return (
    /!\s*\(?\s*Path(Prefix|Regexp)?\(/.test(match) || (/Path(Prefix)?\(/.test(match) && !/\/api/.test(match))
  );
}

/** Whether a rule takes the apps' requests past the login. */
function isBypass({ rule, middlewares }: ImmichRouteView): boolean {
  return (
    /\/api/.test(rule.at('match').text ?? '') &&
    !/!\s*\(?\s*Path/.test(rule.at('match').text ?? '') &&
    !middlewares.some((one) => KINDS.some((kind) => one.at('spec', kind).exists))
  );
}
