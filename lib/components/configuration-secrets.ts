import type { SecretSetting } from '../immich/config/secret-setting.ts';
import type { EnvironmentVariable } from '../kubernetes/variable.ts';
import type { Preparation } from '../kubernetes/workload.ts';
import { configurationFile, configurationName } from '../names.ts';

/** The folder in which the server finds its file with the secrets, and that of the file without them. */
const folders = { whole: '/etc/immich', plain: '/etc/immich-plain' };

/** What stands in the file of dist where a secret belongs. */
export function placeholderOf(index: number): string {
  return `IMMICH_CONFIGURATION_SECRET_${index}`;
}

/**
 * Puts the secrets into the configuration file, by the server's own image before it starts: Immich reads the file as it
 * is, and replaces nothing in it. A text in JSON is one in YAML too: https://yaml.org/spec/1.2.2/#12-relation-to-json
 */
export const script = [
  "const { readFileSync, writeFileSync } = require('node:fs');",
  'const [from, to] = process.argv.slice(1);',
  "const filled = readFileSync(from, 'utf8').replace(/IMMICH_CONFIGURATION_SECRET_\\d+/g, (name) => {",
  '  const value = process.env[name];',
  "  if (value === undefined || value === '') throw new Error(name + ' is empty');",
  "  return JSON.stringify(value.replace(/\\r?\\n$/, ''));",
  '});',
  'writeFileSync(to, filled, { mode: 0o600 });',
].join('\n');

/** What puts the secrets in, before the server starts. */
export function fillConfiguration(secrets: readonly SecretSetting[]): Preparation {
  return {
    name: 'configuration',
    command: [
      'node',
      '-e',
      script,
      `${folders.plain}/${configurationFile}`,
      `${folders.whole}/${configurationFile}`,
    ],
    environment: secrets.map((from, index): EnvironmentVariable => ({ name: placeholderOf(index), from })),
    mounts: [
      {
        kind: 'configMap',
        volume: 'configuration',
        configMap: configurationName,
        path: folders.plain,
      },
      { kind: 'empty', volume: 'filled-configuration', size: '1Mi', inMemory: true, path: folders.whole },
    ],
  };
}

/** Where the server reads the file with the secrets. */
export const filledConfiguration = {
  mount: {
    kind: 'empty',
    volume: 'filled-configuration',
    size: '1Mi',
    inMemory: true,
    path: folders.whole,
  },
  path: `${folders.whole}/${configurationFile}`,
} as const;
