import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { hostOf } from '../../../manifests/views/database-host.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { immich, repositoryOf } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const dragonflyFlags: Rule = {
  id: 'dragonfly-flags',
  severity: 'warning',
  whose: 'upstream',
  meaning: "Dragonfly refuses the scripts by which Immich's queue of jobs works.",
  why: 'BullMQ, which Immich keeps its jobs with, runs scripts that touch keys they do not name first. Dragonfly refuses such scripts unless a flag allows them; uploads then arrive, but no job of theirs runs.',
  url: 'https://www.dragonflydb.io/docs/integrations/bullmq',
  examples: {
    good: documents(
      `apiVersion: v1
kind: Service
metadata: { name: dragonfly, namespace: immich }
spec: { selector: { app: dragonfly }, ports: [{ port: 6379 }] }`,
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: dragonfly, namespace: immich }
spec:
  template:
    metadata: { labels: { app: dragonfly } }
    spec:
      containers:
        - name: dragonfly
          image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.38.0
          args: [--proactor_threads=2, --default_lua_flags=allow-undeclared-keys]`,
      server('env: [{ name: REDIS_HOSTNAME, value: dragonfly }]'),
    ),
    broken: { ', --default_lua_flags=allow-undeclared-keys': '' },
  },
  check(inventory, report) {
    for (const dragonfly of dragonflyResources(inventory)) {
      const args = dragonfly.at('spec', 'args');
      if (!isAllowed(args.texts.join(' '))) {
        report(args.exists ? args : dragonfly.at('spec'), PROBLEM);
      }
    }
    for (const { containers } of immich(inventory).redis) {
      for (const { field, image, environment: variables } of containers) {
        const words = [...field.at('args').texts, ...field.at('command').texts].join(' ');
        const isSet = variables.some(({ name }) => name === 'DFLY_default_lua_flags');
        if (/dragonfly/.test(repositoryOf(image.text ?? '')) && !isSet && !isAllowed(words)) {
          report(field.at('args').exists ? field.at('args') : image, PROBLEM);
        }
      }
    }
  },
};

const PROBLEM = {
  message:
    "Without its flag for undeclared keys Dragonfly refuses the scripts of Immich's queue; no job runs.",
  fix: 'Add --default_lua_flags=allow-undeclared-keys to args.',
};

/** Whether the words of its command line allow such scripts, or a file may. */
function isAllowed(words: string): boolean {
  return /default_lua_flags[= ]*\S*allow-undeclared-keys|cluster_mode|flagfile/.test(words);
}

/** The objects of Dragonfly's operator that a server connects to. */
function dragonflyResources(inventory: Inventory): Field[] {
  const hosts = immich(inventory).containers.flatMap(({ part, workload, container }) => {
    const hostname = environment(inventory, workload, container).get('REDIS_HOSTNAME')?.value;
    return part === 'server' && hostname !== undefined ? [hostOf(hostname, workload.namespace)] : [];
  });
  return inventory
    .all('dragonflydb.io', 'Dragonfly')
    .filter(
      (one) =>
        one.at('spec').exists &&
        hosts.some(
          ({ name, namespace }) =>
            one.get('metadata', 'name') === name && one.at('metadata', 'namespace').text === namespace,
        ),
    );
}
