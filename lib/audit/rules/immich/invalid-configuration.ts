import { type ConfigProblem, configProblems } from '../../../immich/config/problems.ts';
import { unknownSettings } from '../../../immich/unknown-settings.ts';
import type { Field } from '../../../manifests/field.ts';
import { chartConfiguration, configurationFile } from '../../../manifests/views/configuration-file.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { readValue, splitDocuments } from '../../../repository/manifest-document.ts';
import type { Version } from '../../../values/version.ts';
import { documents, server } from '../../examples.ts';
import type { Severity } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

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
      if (found.part !== 'server' || version === undefined) continue;
      const file = configurationFile(inventory, found);
      const values = chartConfiguration(inventory, found);
      const problems = [
        ...(file === undefined
          ? []
          : problemsOf(settingsIn(file), version)
              // In the template of an ExternalSecret braces are its own.
              .filter(({ path }) => isCodec(path) || file.manifest.object.kind !== 'ExternalSecret')
              .map((problem) => ({ problem, field: file }))),
        ...(values === undefined
          ? []
          : problemsOf(mappingOf(values.value), version).map((problem) => ({
              problem,
              field: values.at(...problem.path),
            }))),
      ];
      for (const { problem, field } of problems) {
        const [first = '', ...rest] = problem.message.split(/(?<=\.) (?=[A-Z])/);
        report(field, {
          message: `${problem.path.join('.')}: ${first}`,
          fix: rest.join(' ') || 'Write a value that this version knows, or leave it out.',
          severity: severityOf(problem),
        });
      }
    }
  },
};

function problemsOf(config: object, version: Version): readonly ConfigProblem[] {
  return [...configProblems(config, version), ...unknownSettings(config, version)];
}

/** What the text says as YAML, which JSON is too; nothing where it is a template, or not one mapping. */
function settingsIn(file: Field): object {
  try {
    const [first] = splitDocuments(file.manifest.file, file.text ?? '');
    return mappingOf(first === undefined ? undefined : readValue(first).value);
  } catch {
    return {};
  }
}

function mappingOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A codec that is not known ends the server; a setting that is not known is passed over. */
function severityOf({ path, severity }: ConfigProblem): Severity {
  return isCodec(path) ? 'error' : severity === 'warning' ? 'warning' : 'info';
}

function isCodec([, setting]: ConfigProblem['path']): boolean {
  return /AudioCodec/.test(String(setting));
}
