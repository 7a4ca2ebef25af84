import { immich } from '../../../manifests/views/immich.ts';
import { runsWorker } from '../../../manifests/views/immich-workers.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const severalWorkers: Rule = {
  id: 'several-workers',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Several pods run jobs that must run once, which makes for instance duplicate people.',
  why: 'Immich limits how many jobs of a kind run at once within a process, and some of them must not run twice at all. With several pods that run the microservices worker, faces are recognised twice and people appear double.',
  url: 'https://github.com/immich-app/immich/issues/28051',
  limits: 'An autoscaler that is not among what was read may run more pods than are written.',
  examples: {
    good: documents(`apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  replicas: 1
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]`),
    broken: {
      'replicas: 1': 'replicas: 2',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const { workload } = found;
      if ((workload.replicas ?? 1) > 1 && runsWorker(inventory, found, 'microservices') === true) {
        report(workload.field.at('spec', 'replicas'), {
          message: `${workload.replicas} pods run the microservices worker; its jobs are limited per process, so faces are recognised twice and people appear double.`,
          fix: 'Write replicas: 1, or set IMMICH_WORKERS_EXCLUDE: microservices here and run one more Deployment with IMMICH_WORKERS_INCLUDE: microservices.',
        });
      }
    }
  },
};
