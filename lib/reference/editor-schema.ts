import { installationKeys } from '../installation/installation-file.ts';

/** The JSON Schema by which editors complete and check installation files, as the text of its file. */
export function editorSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Immich installation',
    description: 'One Immich on Kubernetes, as immich-cdk8s reads it.',
    ...installationKeys.json,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
