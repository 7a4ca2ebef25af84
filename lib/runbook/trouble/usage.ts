import { learningPoolsOf } from '../../installation/machine-learning.ts';
import { serverName } from '../../names.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** What is used, and what may be used more of. */
export function usage({ app, data, namespace, installation, file, plan }: Names): Section {
  const { server, machineLearning, database } = installation;
  const row = (name: string, { resources }: Pick<typeof server, 'resources'>) => {
    const { requests, limits } = resources;
    return `\`${name}\` asks for ${requests.cpu?.text ?? 'no'} CPU and ${requests.memory?.text ?? 'no'} memory, and may use ${limits.memory?.text ?? 'any'} memory${limits.cpu === undefined ? '' : ` and ${limits.cpu.text} CPU`}.`;
  };
  return {
    title: 'Storage and resources',
    blocks: [
      commands(
        ...[app, ...(plan.isRemote ? [data] : [])].flatMap((kubectl) => [
          `${kubectl} top pods --namespace ${namespace} --containers`,
          `${kubectl} get pvc --namespace ${namespace}`,
        ]),
        `${app} describe pods --namespace ${namespace} --selector app.kubernetes.io/part-of=immich | grep --extended-regexp '^Name:|Restart Count|OOMKilled'`,
      ),
      bullets(
        row(serverName, server),
        ...learningPoolsOf(machineLearning).map(({ name, pods }) => row(name, pods)),
        ...(database.kind === 'cnpg' ? [row(database.cnpg.name, database.cnpg)] : []),
        `All of it is written in \`${file}\`. \`OOMKilled\` says that memory was too little; transcoding and the first run over a library need the most.`,
      ),
    ],
  };
}
