import type { Construct } from 'constructs';
import type { Container, Volume } from '../kubernetes/api.ts';
import { psqlEnvironment } from '../kubernetes/cnpg/psql.ts';
import { historyMount, jobVariables, kubectlStep, psqlStep, stepJob, stepVolumes } from './containers.ts';
import type { DrillPlan } from './drill-plan.ts';
import { scheduleDrill } from './scheduled.ts';

/** The claim with the row counts of the last drill that succeeded. */
export function historyNameOf(drill: string): string {
  return `${drill}-history`;
}

/** The CronJob of a drill: one container that restores, one that looks, one that reports. */
export function drillCronJob(scope: Construct, plan: DrillPlan): void {
  const { name, namespace, drill, cnpg } = plan;
  scheduleDrill(scope, {
    name,
    namespace,
    schedule: drill.schedule,
    job: stepJob({
      name,
      cnpg,
      deadlineSeconds: drill.deadline.seconds,
      steps: [restoreContainer(plan), lookContainer(plan)],
      last: reportContainer(plan),
      volumes: volumesOf(plan),
    }),
  });
}

function restoreContainer({ drill }: DrillPlan): Container {
  return kubectlStep({
    name: 'restore',
    image: drill.image,
    script: 'restore.sh',
    env: jobVariables,
    mounts: [historyMount],
  });
}

function lookContainer({ image, database }: DrillPlan): Container {
  return psqlStep({
    name: 'look',
    image,
    script: 'look.sh',
    env: psqlEnvironment({
      database,
      settings: ['client_min_messages=error', 'statement_timeout=15min'],
      // The operator makes it: while that is away, the container could otherwise not even say so.
      isOptional: true,
    }),
    mounts: [historyMount],
  });
}

function reportContainer({ drill }: DrillPlan): Container {
  return kubectlStep({ name: 'report', image: drill.image, script: 'report.sh', env: [] });
}

function volumesOf({ name }: DrillPlan): Volume[] {
  return stepVolumes(name, { persistentVolumeClaim: { claimName: historyNameOf(name) } });
}
