import { learningPoolsOf, learningUrlsOf } from '../../installation/machine-learning.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** Faces, search by content and text in pictures that do not come. */
export function machineLearningFails({ app, namespace, server, installation, file }: Names): Section[] {
  const { machineLearning } = installation;
  if (machineLearning.kind === 'none') return [];
  const pools = learningPoolsOf(machineLearning);
  const [first] = pools;
  const section: Section = {
    title: 'Machine learning does not work',
    blocks: [
      commands(
        ...pools.flatMap(({ name }) => [
          `${app} get pods --namespace ${namespace} --selector app.kubernetes.io/name=${name}`,
          `${app} logs deployment/${name} --namespace ${namespace} --tail=50`,
        ]),
        ...learningUrlsOf(machineLearning).map(
          (url) =>
            `${app} exec deployment/${server} --namespace ${namespace} -- curl --silent --max-time 5 ${url.replace(/\/$/, '')}/ping`,
        ),
      ),
      bullets(
        ...(first === undefined
          ? [
              'It says `pong`, and jobs fail: the log of the server says why, and that of machine learning where it runs. Both must be of the same version.',
            ]
          : [
              'The last command says `pong`, and jobs fail: the log says why. A pod that was `OOMKilled` needs more memory: `machineLearning: { resources: { limits: { memory: ... } } }`.',
              first.pods.offline
                ? 'A model is missing: with `offline: true` none is downloaded, and those that the settings name must be on the volume.'
                : 'A model cannot be downloaded: the pod must reach huggingface.co on 443, through whatever proxy the network has.',
            ]),
        ...(pools.some(({ pods }) => pods.gpu !== undefined)
          ? ['A pod stays `Pending`: no node offers its card; `doctor` says what it asks for.']
          : []),
        `No \`pong\`: ${first === undefined ? 'it' : 'the pod'} does not run, or the address in Administration > Settings > Machine Learning is another one.`,
        `After it is mended: Administration > Jobs, "Missing" of Smart Search and of Face Detection. What can be raised stands below \`machineLearning\` in \`${file}\`.`,
      ),
    ],
  };
  return [section];
}
