import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';

/** Immich's configuration file: with one, what was set in the web interface counts no more. */
export function configurations(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [was, is] = [configurationOf(before), configurationOf(after)];
    if ((was === undefined) === (is === undefined)) return [];
    const files = comparison.pairs.filter(
      ({ kind, cluster, after: now, before: then }) =>
        kind === 'ConfigMap' && cluster === pair.cluster && (now === undefined || then === undefined),
    );
    const common = { topic: 'service', key: ['config'], pairs: [pair, ...files], fields: variables } as const;
    return is !== undefined
      ? [
          {
            ...common,
            grade: 'steps',
            what: 'config',
            from: 'nothing',
            to: 'file',
            sentence:
              'Immich reads its configuration from a file from now on: every setting made in the web interface stops counting, OAuth, mail, storage template and jobs among them, and what the file does not say is at its default.',
            steps: [
              'Before merging: Administration > Settings > Export as JSON, and write what differs from the defaults below config:.',
              'After merging: compare the settings in the web interface, which can only be read now.',
            ],
          },
        ]
      : [
          {
            ...common,
            grade: 'steps',
            what: 'config',
            from: 'file',
            to: 'nothing',
            sentence:
              'Immich reads no configuration file any more: the settings made in the web interface before there was one count again, or the defaults.',
            steps: [
              'After merging: go through the settings in the web interface, OAuth and storage template first.',
            ],
          },
        ];
  });
}

const variables = [
  'spec.template.spec.containers[server].env[IMMICH_CONFIG_FILE]',
  'spec.template.spec.containers[server].volumeMounts[configuration]',
  'spec.template.spec.volumes[configuration]',
  'spec.template.metadata.annotations',
];

function configurationOf({ containers }: WorkloadView): string | undefined {
  return serversAmong(containers)
    .flatMap(({ environment }) => environment)
    .find(({ name }) => name === 'IMMICH_CONFIG_FILE')?.value;
}
