import { installationKeys } from '../installation/installation-file.ts';
import { filledJson } from './filled-json.ts';
import { withDefinitions } from './schema-definitions.ts';

/** The JSON Schema by which editors complete and check installation files, as the text of its file. */
export function editorSchema(): string {
  const { schema, definitions } = withDefinitions(installationKeys.json);
  return filledJson({
    // yaml-language-server, by which most editors read YAML, knows the words of later drafts only since 2026.
    // https://github.com/redhat-developer/yaml-language-server/pull/1166
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Immich installation',
    description: 'One Immich on Kubernetes, as immich-cdk8s reads it.',
    ...schema,
    definitions,
  });
}
