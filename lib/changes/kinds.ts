import type { Kind } from './comparison.ts';
import { archives } from './kinds/archives.ts';
import { chartSettings } from './kinds/chart-settings.ts';
import { checksums } from './kinds/checksums.ts';
import { claims } from './kinds/claims.ts';
import { configurations } from './kinds/configurations.ts';
import { connections } from './kinds/connections.ts';
import { databases } from './kinds/databases.ts';
import { deliverers } from './kinds/deliver.ts';
import { drills } from './kinds/drills.ts';
import { encryptedSecrets } from './kinds/encrypted-secrets.ts';
import { existingClusters } from './kinds/existing-cluster.ts';
import { externalSecrets } from './kinds/external-secrets.ts';
import { fluxAdditions, fluxPlaces, fluxVariables } from './kinds/flux.ts';
import { graphicsCards } from './kinds/graphics-cards.ts';
import { images } from './kinds/images.ts';
import { immichVersions } from './kinds/immich.ts';
import { impossible } from './kinds/impossible.ts';
import { instances } from './kinds/instances.ts';
import { jobs } from './kinds/jobs.ts';
import { fluxLayouts } from './kinds/layout.ts';
import { machineLearning } from './kinds/machine-learning.ts';
import { mediaLocations } from './kinds/media-location.ts';
import { outsidePhotos } from './kinds/outside-photos.ts';
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
import { workers } from './kinds/workers.ts';

/** Every kind of change that is known. Where two of them give one id, the first tells it. */
export const kinds: readonly Kind[] = [
  deliverers,
  namespaces,
  clusters,
  connections,
  queues,
  machineLearning,
  drills,
  databases,
  // Before the claims, of which those of external libraries hold nothing of Immich's own.
  outsidePhotos,
  claims,
  mediaLocations,
  populations,
  impossible,
  immichVersions,
  images,
  databaseImages,
  existingClusters,
  archives,
  // After the images of databases, which ask whether a Job comes along.
  jobs,
  recoveries,
  sleep,
  workers,
  graphicsCards,
  instances,
  schedules,
  protection,
  // Before the policies, of which those that follow the door are told with it.
  routes,
  policies,
  chartSettings,
  configurations,
  checksums,
  externalSecrets,
  encryptedSecrets,
  requirements,
  references,
  fluxLayouts,
  fluxPlaces,
  fluxVariables,
  fluxAdditions,
];
