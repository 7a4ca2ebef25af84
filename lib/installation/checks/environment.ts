import { environmentProblem } from '../../immich/environment.ts';
import type { Place } from '../../schema/place.ts';
import type { Installation } from '../installation.ts';

const secretName = /(PASSWORD|SECRET|TOKEN|PRIVATE_KEY|ACCESS_KEY|CREDENTIAL)/i;

/** Environment variables that this version of Immich reads, and none that holds a secret. */
export function checkEnvironment({ server, machineLearning, version }: Installation, at: Place): void {
  const components = [
    { component: 'server', section: 'server', environment: server.environment },
    { component: 'machine-learning', section: 'machineLearning', environment: machineLearning.environment },
  ] as const;
  for (const { component, section, environment } of components) {
    for (const name of Object.keys(environment)) {
      const place = at.in(section, 'environment', name);
      const problem = environmentProblem(component, name, version);
      if (secretName.test(name)) {
        place.error(`"${name}" looks like a secret, and dist is committed. Keep it in a Secret.`);
      } else if (problem !== undefined) {
        place.error(problem.message);
      }
    }
  }
}
