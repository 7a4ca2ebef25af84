import type { Field } from '../../../manifests/field.ts';
import { immichRoutes } from '../../../manifests/views/routes.ts';
import { routeThrough } from '../../examples.ts';
import type { Problem, Rule } from '../../rule.ts';

export const middlewareBreaksUploads: Rule = {
  id: 'middleware-breaks-uploads',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A Traefik middleware in front of Immich breaks large uploads or the timeline.',
  why: 'Immich receives videos of many gigabytes in one request and loads hundreds of thumbnails at a time. A middleware that buffers, retries or limits requests is made for small ones; it makes uploads fail, or leaves the timeline grey.',
  url: 'https://immich.app/docs/administration/reverse-proxy/',
  examples: {
    good: routeThrough('headers: { stsSeconds: 31536000, contentTypeNosniff: true }'),
    broken: {
      'headers: { stsSeconds: 31536000, contentTypeNosniff: true':
        'buffering: { maxRequestBodyBytes: 104857600',
    },
  },
  check(inventory, report) {
    for (const middleware of new Set(immichRoutes(inventory).flatMap(({ middlewares }) => middlewares))) {
      for (const [kind, field] of middleware.at('spec').entries) {
        const problem = problemOf(kind, field);
        if (problem !== undefined) {
          report(problem.field, problem);
        }
      }
    }
  },
};

function problemOf(kind: string, field: Field): (Problem & { field: Field }) | undefined {
  switch (kind) {
    case 'buffering':
      return {
        field,
        message:
          'Traefik takes in every upload whole, in memory or on its disk, before Immich sees a byte; videos are refused or time out.',
        fix: 'Remove the middleware.',
      };
    case 'retry':
      return {
        field,
        message:
          'A failed upload is kept by Traefik and sent again, which doubles files and fills its memory.',
        fix: 'Remove the middleware.',
      };
    case 'circuitBreaker':
      return /NetworkErrorRatio/.test(field.at('expression').text ?? '')
        ? {
            field: field.at('expression'),
            message:
              'Phones that lose their connection count as network errors, so Traefik shuts Immich off for everyone.',
            fix: 'Remove the middleware.',
          }
        : undefined;
    case 'rateLimit':
      return rateProblem(field);
    case 'compress':
      return field.at('includedContentTypes').exists || field.at('excludedContentTypes').exists
        ? undefined
        : {
            field,
            message:
              'Photos and videos, which are compressed already, are compressed again, which only costs time.',
            fix: 'Name includedContentTypes, such as application/json and text/css.',
            severity: 'info',
          };
    case 'forwardAuth':
      return field.get('forwardBody') === true
        ? {
            field: field.at('forwardBody'),
            message: 'Every upload is held back until the authentication service has all of it.',
            fix: 'Remove forwardBody.',
          }
        : undefined;
    default:
      return undefined;
  }
}

/** The timeline loads hundreds of thumbnails at a time. */
const leastBurst = 200;

function rateProblem(field: Field): (Problem & { field: Field }) | undefined {
  const average = field.at('average').number ?? 0;
  const burst = field.at('burst').number ?? 1;
  return average > 0 && average < 100 && burst < leastBurst
    ? {
        field: field.at('average'),
        message: `The timeline loads hundreds of thumbnails at a time; with ${average} requests a second and a burst of ${burst} most stay grey.`,
        fix: 'Write average: 100 and burst: 500 at least, or remove the middleware.',
      }
    : undefined;
}
