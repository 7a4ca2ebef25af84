import { barmanPlugin, pluginLabel } from '../../cnpg/names.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { liveItems } from '../live.ts';
import { listPath } from '../path.ts';
import { compareWith, imagesOf } from '../workload-image.ts';

/** Whether the CloudNativePG operator runs, in the version that dist is written for, with the plugin that it needs. */
export const operators: Check = {
  id: 'operators',
  title: 'CloudNativePG',
  isOfLife: false,
  look: async (subject, cluster) => {
    const { database, clusters } = subject.plan.installation;
    if (database.kind !== 'cnpg' || subject.cluster !== clusters.database) return [];
    const { backup, operator } = database.cnpg;
    const looked = [
      lookAtOperator(operator, subject, cluster),
      ...(backup !== 'none' && backup.method === 'plugin' ? [lookAtPlugin(subject, cluster)] : []),
    ];
    return (await Promise.all(looked)).flat();
  },
};

async function lookAtOperator(
  stated: { readonly major: number; readonly minor: number; readonly text: string },
  { plan, kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const namespace = plan.installation.network.operatorNamespace;
  const selector = 'app.kubernetes.io/name=cloudnative-pg';
  const path = listPath({ apiVersion: 'apps/v1', resource: 'deployments', namespace, selector });
  return judge(await cluster.get(path), 'The CloudNativePG operator', {
    seen: (value) => {
      const [deployment] = liveItems(value);
      if (deployment === undefined) {
        return [
          sayError(
            `No CloudNativePG operator is in the namespace ${namespace}.`,
            `${kubectl} get deployments --all-namespaces --selector ${selector}`,
            `Write its namespace into ${file} as network: { operatorNamespace: ... }, or install it: https://cloudnative-pg.io/documentation/current/installation_upgrade/`,
          ),
        ];
      }
      const version = imagesOf(deployment)[0]?.version;
      const called = `The CloudNativePG operator${version === undefined ? '' : ` ${version.text}`}`;
      const findings: Finding[] = [];
      if ((deployment.at('status', 'readyReplicas').number ?? 0) === 0) {
        findings.push(
          sayError(
            `${called} does not run.`,
            `${kubectl} describe pods --namespace ${namespace} --selector ${selector}`,
          ),
        );
      }
      const step = version === undefined ? 0 : compareWith(version, [stated.major, stated.minor]);
      if (version !== undefined && step < 0) {
        findings.push(
          sayError(
            `${called} is older than ${stated.text}, which dist is written for.`,
            'Update it: https://cloudnative-pg.io/documentation/current/installation_upgrade/',
            `Or write database: { cnpg: { operator: "${version.major}.${version.minor}" } } into ${file}.`,
          ),
        );
      }
      if (version !== undefined && step > 0) {
        findings.push(
          sayWarning(
            `${called} is newer than ${stated.text}, which dist is written for.`,
            `Write database: { cnpg: { operator: "${version.major}.${version.minor}" } } into ${file}, and run synth.`,
          ),
        );
      }
      return findings.length > 0 ? findings : [sayWell(`${called} runs.`)];
    },
  });
}

/** The operator finds plugins by Services in its own namespace: https://cloudnative-pg.io/documentation/current/cnpg_i/ */
async function lookAtPlugin({ plan }: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const namespace = plan.installation.network.operatorNamespace;
  const selector = `${pluginLabel}=${barmanPlugin}`;
  const path = listPath({ apiVersion: 'v1', resource: 'services', namespace, selector });
  return judge(await cluster.get(path), 'The Barman Cloud plugin', {
    seen: (value) => [
      liveItems(value).length > 0
        ? sayWell(`The Barman Cloud plugin is beside the operator, in ${namespace}.`)
        : sayError(
            `The Barman Cloud plugin is not in ${namespace}, where the operator looks for it: the database would not start.`,
            'Install it into that namespace: https://cloudnative-pg.io/plugin-barman-cloud/docs/installation/',
          ),
    ],
  });
}
