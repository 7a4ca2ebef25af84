import type { Construct } from 'constructs';
import {
  historyMount,
  jobVariables,
  kubectlStep,
  psqlStep,
  stepJob,
  stepVolumes,
} from '../drill/containers.ts';
import { type Container, KubeJob, Quantity } from '../kubernetes/api.ts';
import { psqlEnvironment } from '../kubernetes/cnpg/psql.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Image } from '../values/image.ts';
import { isOther } from '../values/rehearsal.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';
import { deadlineOf } from './scripts.ts';

/** The Job of a rehearsal: its steps one after the other, and one that says the verdict. */
export function rehearsalJob(scope: Construct, plan: RehearsalPlan): void {
  const { name, namespace, cnpg } = plan.copy;
  new KubeJob(scope, 'job', {
    metadata: { name, namespace, labels: ownLabels },
    spec: stepJob({
      name,
      cnpg,
      deadlineSeconds: deadlineOf(plan),
      steps: stepsOf(plan),
      last: kubectlStep({ name: 'verdict', image: plan.copy.drill.image, script: 'verdict.sh', env: [] }),
      volumes: stepVolumes(name, { emptyDir: { sizeLimit: Quantity.fromString('16Mi') } }),
    }),
  });
}

function stepsOf(plan: RehearsalPlan): Container[] {
  const { change, copy, next } = plan;
  const kubectl = { image: copy.drill.image, env: jobVariables };
  const questions = ['client_min_messages=error', 'statement_timeout=15min'];
  return [
    kubectlStep({ name: 'copy', script: 'copy.sh', ...kubectl, mounts: [historyMount] }),
    psql(plan, 'count', copy.image, questions),
    ...(isOther(change.database)
      ? [
          kubectlStep({ name: 'upgrade', script: 'upgrade.sh', ...kubectl }),
          psql(plan, 'look-at-upgrade', next.image, searchSettings),
        ]
      : []),
    ...(isOther(change.server)
      ? [
          kubectlStep({ name: 'serve', script: 'serve.sh', ...kubectl }),
          psql(plan, 'look-at-migration', next.image, questions),
        ]
      : []),
  ];
}

/** The planner takes a vector index wherever it can, and nothing limits the time in which one is built anew. */
const searchSettings = [
  'client_min_messages=error',
  ...['enable_seqscan=off', 'enable_sort=off', 'enable_bitmapscan=off'],
  'vchordrq.probes=1',
];

function psql({ copy }: RehearsalPlan, name: string, image: Image, settings: readonly string[]): Container {
  const env = psqlEnvironment({ database: copy.database, settings, isOptional: true });
  return psqlStep({ name, image, script: `${name}.sh`, env });
}
