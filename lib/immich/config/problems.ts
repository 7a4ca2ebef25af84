import { valueAt } from '../../text/data-path.ts';
import type { Path } from '../../text/path.ts';
import type { Version } from '../../values/version.ts';
import { clipModelProblem } from './clip-models.ts';
import { storageTemplateProblem } from './storage-template.ts';
import { type ConfigProblem, configProblems as versionProblems } from './versions.ts';

export type { ConfigProblem };

/** What `version` of Immich ignores, refuses or cannot use in its configuration; only what is known of that version. */
export function configProblems(config: object, version: Version): readonly ConfigProblem[] {
  const model = textAt(config, clipModel);
  const template = textAt(config, storageTemplate);
  const modelProblem = model === undefined ? undefined : clipModelProblem(model, version);
  const templateProblem = template === undefined ? undefined : storageTemplateProblem(template, version);
  return [
    ...versionProblems(config, version),
    ...(modelProblem === undefined ? [] : [{ path: clipModel, ...modelProblem }]),
    ...(templateProblem === undefined ? [] : [{ path: storageTemplate, ...templateProblem }]),
  ];
}

const clipModel = ['machineLearning', 'clip', 'modelName'];
const storageTemplate = ['storageTemplate', 'template'];

function textAt(config: object, path: Path): string | undefined {
  const value = valueAt(config, path);
  return typeof value === 'string' ? value : undefined;
}
