import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';
import { learningPoolsOf } from '../machine-learning.ts';
import { contentOfModels } from '../volumes.ts';

/** A volume for models where pods load some, one way to machine learning, and nothing that the file cannot hand on. */
export function checkMachineLearning(installation: Installation, at: Place): void {
  const { machineLearning, volumes } = installation;
  const hasPods = learningPoolsOf(machineLearning).length > 0;
  if (hasPods && volumes.models === undefined) {
    at.in('volumes').missing('models', `"models" is missing. ${contentOfModels}`);
  }
  if (!hasPods && volumes.models !== undefined) {
    at.in('volumes').keyError(
      'models',
      'No pod of machine learning runs here that would load models. Remove it; the claim and what is on it stay.',
    );
  }
  checkConfigured(installation, at);
}

/** What Immich's configuration says of the same. */
function checkConfigured({ machineLearning, configuration }: Installation, at: Place): void {
  if (configuration.kind !== 'written') return;
  const { enabled, urls } = configuration.config.machineLearning ?? {};
  const place = at.in('config', 'machineLearning');
  if (machineLearning.kind === 'none' && enabled === true) {
    place
      .in('enabled')
      .error('"true" has nothing to run it: machineLearning is none. Remove one of the two.');
  }
  if (machineLearning.kind === 'none' && urls !== undefined) {
    place
      .in('urls')
      .error('machineLearning is none. Write machineLearning: { remote: [...] } with these addresses.');
  }
  if (machineLearning.kind === 'remote' && urls !== undefined) {
    place.in('urls').error('The addresses stand in machineLearning.remote already. Remove them here.');
  }
}
