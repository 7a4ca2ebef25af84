import preset from '../../renovate/installations.json' with { type: 'json' };
import type { Place } from './place.ts';

/** What tells Renovate to update installation files, and to leave dist alone. */
export function renovateConfiguration({ installations, own, project }: Place): string {
  const folder = project === '' ? installations : `${project}/${installations}`;
  const configuration = {
    ...preset,
    extends: ['config:recommended'],
    customManagers: preset.customManagers.map((manager) => ({
      ...manager,
      managerFilePatterns: [`/^${folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/[^/]+\\.ya?ml$/`],
    })),
    packageRules: preset.packageRules.map((rule) => {
      const [files] = rule.matchFileNames ?? [];
      if (files === undefined) return rule;
      return {
        ...rule,
        matchFileNames: [files.startsWith('dist') ? `${own.dist}/**` : `${folder}/*.{yaml,yml}`],
      };
    }),
  };
  return `${JSON.stringify(configuration, null, 2)}\n`;
}
