import { clusterLabel } from '../../cnpg/names.ts';
import type { Door } from '../../installation/door.ts';
import { learningPoolsOf } from '../../installation/machine-learning.ts';
import { microservicesName, valkeyName } from '../../names.ts';
import { backedDatabaseOf, type Names } from '../names.ts';
import { commands, type Section } from '../section.ts';

/** The log of each part. */
export function logs({ app, data, namespace, server, installation, plan, drill }: Names): Section {
  const { database, server: settings, flux, network } = installation;
  const of = (name: string) => `${app} logs deployment/${name} --namespace ${namespace} --tail=100`;
  const backed = backedDatabaseOf(installation);
  return {
    title: 'Logs',
    blocks: [
      'Of the container before the last restart with `--previous`, and as they come with `--follow`:',
      commands(
        of(server),
        ...(settings.microservices.separate ? [of(microservicesName)] : []),
        ...learningPoolsOf(installation.machineLearning).map(({ name }) => of(name)),
        ...(installation.valkey.kind === 'own' ? [of(valkeyName)] : []),
        ...(database.kind === 'cnpg'
          ? [
              `${data} logs --namespace ${namespace} --selector ${clusterLabel}=${database.cnpg.name} --container postgres --tail=100`,
            ]
          : []),
        ...(backed?.backup.method === 'plugin'
          ? [
              `${data} logs --namespace ${namespace} --selector ${clusterLabel}=${backed.cnpg.name} --container plugin-barman-cloud --tail=100`,
            ]
          : []),
        ...(database.kind === 'cnpg'
          ? [
              `${data} logs --namespace ${network.operatorNamespace} --selector app.kubernetes.io/name=cloudnative-pg --tail=100`,
            ]
          : []),
        ...(drill === undefined
          ? []
          : [
              `${data} logs --namespace ${drill.namespace} --selector app.kubernetes.io/name=${drill.name} --container report`,
            ]),
        ...plan.volumeBackups
          .filter(({ backup }) => backup.kind === 'volsync')
          .map(({ claim }) => `${app} logs job/volsync-src-${claim} --namespace ${namespace}`),
        ...doorLogs(installation.route.door, app),
        ...[app, ...(plan.isRemote ? [data] : [])].map((kubectl) =>
          installation.argocd === undefined
            ? `${kubectl} logs --namespace ${flux.namespace} --selector app=kustomize-controller --tail=100`
            : `${kubectl} logs --namespace ${installation.argocd.namespace} --selector app.kubernetes.io/name=argocd-application-controller --tail=100`,
        ),
      ),
    ],
  };
}

/** The log of the proxy, where the file says which pods those are. */
function doorLogs(door: Door, app: string): string[] {
  if (door.kind !== 'traefik') return [];
  const selector = Object.entries(door.podLabels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  return door.namespaces.map(
    (namespace) => `${app} logs --namespace ${namespace} --selector ${selector} --tail=100`,
  );
}
