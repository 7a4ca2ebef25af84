import { machineLearningName } from '../../names.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** Faces, search by content and text in pictures that do not come. */
export function machineLearningFails({ app, namespace, server, installation, file }: Names): Section {
  const { machineLearning } = installation;
  return {
    title: 'Machine learning does not work',
    blocks: [
      commands(
        `${app} get pods --namespace ${namespace} --selector app.kubernetes.io/name=${machineLearningName}`,
        `${app} logs deployment/${machineLearningName} --namespace ${namespace} --tail=50`,
        `${app} exec deployment/${server} --namespace ${namespace} -- curl --silent --max-time 5 http://${machineLearningName}:3003/ping`,
      ),
      bullets(
        'The last command says `pong`, and jobs fail: the log says why. A pod that was `OOMKilled` needs more memory: `machineLearning: { resources: { limits: { memory: ... } } }`.',
        machineLearning.offline
          ? 'A model is missing: with `offline: true` none is downloaded, and those that the settings name must be on the volume.'
          : 'A model cannot be downloaded: the pod must reach huggingface.co on 443, through whatever proxy the network has.',
        'No `pong`: the pod does not run, or the address in Administration > Settings > Machine Learning is another one.',
        `After it is mended: Administration > Jobs, "Missing" of Smart Search and of Face Detection. What can be raised stands below \`machineLearning\` in \`${file}\`.`,
      ),
    ],
  };
}
