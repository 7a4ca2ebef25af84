import type { Kind } from './comparison.ts';
import { archives } from './kinds/archives.ts';
import { checksums } from './kinds/checksums.ts';
import { claims } from './kinds/claims.ts';
import { configurations } from './kinds/configurations.ts';
import { connections } from './kinds/connections.ts';
import { databases } from './kinds/databases.ts';
import { drills } from './kinds/drills.ts';
import { externalSecrets } from './kinds/external-secrets.ts';
import { fluxAdditions, fluxPlaces, fluxVariables } from './kinds/flux.ts';
import { images } from './kinds/images.ts';
import { immichVersions } from './kinds/immich.ts';
import { impossible } from './kinds/impossible.ts';
import { instances } from './kinds/instances.ts';
import { jobs } from './kinds/jobs.ts';
import { clusters, namespaces } from './kinds/places.ts';
import { policies } from './kinds/policies.ts';
import { populations } from './kinds/populations.ts';
import { databaseImages } from './kinds/postgresql.ts';
import { protection } from './kinds/protection.ts';
import { queues } from './kinds/queues.ts';
import { recoveries } from './kinds/recoveries.ts';
import { references } from './kinds/references.ts';
import { requirements } from './kinds/requirements.ts';
import { routes } from './kinds/routes.ts';
import { schedules } from './kinds/schedules.ts';
import { sleep } from './kinds/sleep.ts';

/** Every kind of change that is known. Where two of them give one id, the first tells it. */
export const kinds: readonly Kind[] = [
  namespaces,
  clusters,
  connections,
  queues,
  drills,
  databases,
  claims,
  populations,
  impossible,
  immichVersions,
  images,
  databaseImages,
  archives,
  // After the images of databases, which ask whether a Job comes along.
  jobs,
  recoveries,
  sleep,
  instances,
  schedules,
  protection,
  policies,
  routes,
  configurations,
  checksums,
  externalSecrets,
  requirements,
  references,
  fluxPlaces,
  fluxVariables,
  fluxAdditions,
];
