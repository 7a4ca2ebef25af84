import { clusterLabel } from '../../cnpg/names.ts';
import { layersKind, layersNamespace } from '../delivery.ts';
import type { Names } from '../names.ts';
import { commands, type Section } from '../section.ts';

/** What says which part is ill, and where to ask. */
export function firstLook(names: Names): Section {
  const { app, data, file, installation, namespace, plan } = names;
  const { database } = installation;
  return {
    title: 'Something does not work',
    blocks: [
      'This asks every part, reading only, and says what is wrong with the command that mends it, the worst first:',
      commands(`npx immich-cdk8s doctor ${file}`),
      "Without it: Flux's layers, and the pods. The layer that is not ready, or the pod that restarts, is the part that is ill.",
      commands(
        `${app} get ${layersKind(names)} --namespace ${layersNamespace(names)}`,
        `${app} get pods --namespace ${namespace}`,
        ...(database.kind === 'cnpg' && plan.isRemote
          ? [`${data} get pods --namespace ${namespace} --selector ${clusterLabel}=${database.cnpg.name}`]
          : []),
      ),
      'Where to ask: first read what `doctor` says. What it calls wrong although it is not, and all that dist gets wrong, belongs into the tracker of immich-cdk8s, with the installation file. Ask Immich (https://github.com/immich-app/immich/discussions) only about what also happens with its official compose file.',
    ],
  };
}
