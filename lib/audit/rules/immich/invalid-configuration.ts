import { type ConfigProblem, configProblems } from '../../../immich/config/problems.ts';
import { refusedSettings } from '../../../immich/refused-settings.ts';
import { unknownSettings } from '../../../immich/unknown-settings.ts';
import { missingConfigurationFile } from '../../../manifests/views/configuration-file.ts';
import { immich } from '../../../manifests/views/immich.ts';
import type { Path } from '../../../text/path.ts';
import { quote } from '../../../text/quoting.ts';
import type { Version } from '../../../values/version.ts';
import { documents, server } from '../../examples.ts';
import type { Severity } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { configurationsOf } from '../../views/configuration.ts';

export const invalidConfiguration: Rule = {
  id: 'invalid-configuration',
  severity: 'error',
  whose: 'upstream',
  meaning: "Immich's configuration file has a setting that this version refuses or does not know.",
  why: 'Immich reads its configuration file whole when it starts, and ends with "Invalid system config" when a value is none that its version knows. What an upgrade renames is mended in settings of the web interface, but never in a file.',
  url: 'https://docs.immich.app/install/config-file/',
  limits: 'A file that stands in an encrypted secret, or that is made in the cluster, is not read.',
  examples: {
    good: documents(
      server(
        `env: [{ name: IMMICH_CONFIG_FILE, value: /config/immich.yaml }]
volumeMounts: [{ name: config, mountPath: /config }]`,
        'volumes: [{ name: config, configMap: { name: immich-config } }]',
      ),
      `apiVersion: v1
kind: ConfigMap
metadata: { name: immich-config, namespace: immich }
data:
  immich.yaml: |
    ffmpeg: { targetAudioCodec: opus }`,
    ),
    broken: { 'targetAudioCodec: opus': 'targetAudioCodec: libopus' },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const { version } = found;
      if (found.part !== 'server') continue;
      const missing = missingConfigurationFile(inventory, found);
      if (missing !== undefined) {
        report(missing.mount, {
          message: `${missing.holder} has no ${quote(missing.key)}, which Immich reads as ${missing.file}; it ends at its start.`,
          fix:
            missing.keys.length === 0
              ? `Add ${quote(missing.key)} to it.`
              : `Let IMMICH_CONFIG_FILE name one that is there: ${missing.keys.join(', ')}.`,
        });
      }
      if (version === undefined) continue;
      for (const { settings, fieldOf, isTemplate } of configurationsOf(inventory, found)) {
        for (const problem of problemsOf(settings, version)) {
          const { path, message, severity } = problem;
          if (isTemplate && severity !== 'error') continue;
          const [first = '', ...rest] = message.split(/(?<=\.) (?=[A-Z])/);
          report(fieldOf(path), {
            message: `${path.join('.')}: ${first}`,
            fix: rest.join(' ') || 'Write a value that this version knows, or leave it out.',
            severity,
          });
        }
      }
    }
  },
};

interface JudgedProblem {
  readonly path: Path;
  readonly message: string;
  readonly severity: Severity;
}

/** A value that is refused ends the server; a setting that is not known is passed over. */
function problemsOf(settings: object, version: Version): readonly JudgedProblem[] {
  return [
    ...refusedSettings(settings, version).map((problem) => ({ ...problem, severity: 'error' as const })),
    ...configProblems(settings, version).map((problem) => ({ ...problem, severity: severityOf(problem) })),
    ...unknownSettings(settings, version).map((problem) => ({ ...problem, severity: severityOf(problem) })),
  ];
}

function severityOf({ path, severity }: ConfigProblem): Severity {
  return /AudioCodec/.test(String(path[1])) ? 'error' : severity === 'warning' ? 'warning' : 'info';
}
