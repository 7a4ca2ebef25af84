import { list } from '../schema/list.ts';
import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { flag, wholeNumber } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { containerKeys, environmentKeys } from './container.ts';
import { gpu } from './gpu.ts';
import { placementKeys } from './placement.ts';
import { resources } from './resources.ts';
import { outerService } from './service.ts';
import { cidr } from './texts.ts';

/** The Immich server: web, API and background jobs. */
export type Server = Read<typeof server>;

/** Measured on v3.0.3, nearly idle: 630 MB for the API, 350 MB for background jobs. */
const standardResources = { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '4Gi' } };
const ofBackgroundJobs = { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '4Gi' } };

export const server = mapping({
  ...containerKeys({
    image: 'ghcr.io/immich-app/immich-server at the version of the installation',
    resources: standardResources,
  }),
  service: defaulting(outerService, {}, 'The Service of the server.'),
  replicas: defaulting(
    wholeNumber(1, 20),
    1,
    'Number of server pods. More than one needs a shared library and a separate microservices worker. They hold out while nodes are drained; all of them stop before a new version starts.',
  ),
  gpu: optional(
    gpu,
    'The graphics card by which videos are transcoded: nvidia, intel, intel-dra or amd, or { resource, runtimeClass, groups, nodeSelector }. With a config it is switched on there; otherwise synth says what to choose in the web interface.',
  ),
  microservices: defaulting(
    mapping({
      separate: defaulting(
        flag,
        false,
        'Whether background jobs run in a pod of their own. There is always exactly one, since two would race.',
      ),
      resources: defaulting(resources(ofBackgroundJobs), {}, 'CPU and memory of the separate pod.'),
      gpu: optional(gpu, 'The graphics card by which the separate pod transcodes videos, as in server.gpu.'),
      ...placementKeys,
      ...environmentKeys,
    }),
    {},
    'The worker for background jobs: thumbnails, transcoding, recognition. In a pod of its own it is placed as the server is, where nothing else is written, and has its environment and volumes too.',
  ),
  allowSetup: defaulting(
    flag,
    false,
    'Whether the first visitor of an empty Immich may make the account of the administrator, or restore a dump; from v2.5.0 on, older versions always allow it. Take it out once that account is there.',
  ),
  internet: defaulting(
    flag,
    false,
    'Whether the server may reach the internet on 443, for single sign-on, version checks and the like.',
  ),
  trustedProxies: defaulting(
    list(cidr),
    [],
    'Addresses of the proxies before Immich, so that it logs the real client; default route.traefik.addresses, else what Immich trusts itself: private networks, in which pods are.',
  ),
});
