import type { Plan } from '../plan/plan.ts';
import { alertActions } from './alert-actions.ts';
import { bothInOrder } from './both-in-order.ts';
import { bringBack } from './bring-back.ts';
import { deletion } from './deletion.ts';
import { isByArgoCD } from './delivery.ts';
import { drain } from './drain.ts';
import { existingClusterSections } from './existing-cluster.ts';

import { importDatabase } from './import-database.ts';
import { move } from './move.ts';
import { type Names, namesOf } from './names.ts';
import { never } from './never.ts';
import { rebuild } from './rebuild.ts';
import { restoreDatabase } from './restore-database.ts';
import { restoreDump } from './restore-dump.ts';
import { restoreFiles } from './restore-files.ts';
import { rollBack } from './roll-back.ts';
import { secrets } from './secrets.ts';
import { markdownOf, type Section } from './section.ts';
import { layerIsNotHealthy } from './trouble/application-not-healthy.ts';
import { certificateIsOld } from './trouble/certificate.ts';
import { databaseUnreachable } from './trouble/database-unreachable.ts';
import { firstLook } from './trouble/first-look.ts';
import { layerIsNotReady } from './trouble/layer-not-ready.ts';
import { logs } from './trouble/logs.ts';
import { machineLearningFails } from './trouble/machine-learning.ts';
import { mobileAppFails } from './trouble/mobile-app.ts';
import { doneOnce } from './trouble/once.ts';
import { scalingSection } from './trouble/scaling.ts';
import { searchFindsNothing } from './trouble/search.ts';
import { pageIsSlow } from './trouble/slow-page.ts';
import { uploadsFail } from './trouble/uploads.ts';
import { usage } from './trouble/usage.ts';
import { volumeIsNearlyFull } from './trouble/volume-full.ts';
import { upgrades } from './upgrade.ts';
import { verify } from './verify.ts';

/** Chapters that belong together, by what brings a person to them. */
export interface Part {
  readonly title: string;
  readonly chapters: readonly Section[];
}

/** What to do on a bad day, with the names of this installation. `file` is the path of the installation file. */
export function runbookOf(plan: Plan, file: string): string {
  const names = namesOf(plan, file);
  const { clusters, flux, host, name, version } = plan.installation;
  const contexts = plan.isRemote
    ? ` Immich runs in the cluster \`${clusters.app}\`, its database in \`${clusters.database}\`; the commands expect kubectl contexts of these names.`
    : '';
  const variables = flux.substitute?.variables ?? [];
  const filledIn =
    variables.length === 0
      ? ''
      : ` Flux fills in ${variables.join(', ')}: before a command that has one of them in it, \`export ${variables[0]}=...\` and alike in your shell.`;
  const text = markdownOf(
    `Runbook of ${name}`,
    `Immich ${version.text} at https://${host}.${contexts}${filledIn} Read it once before you need it.`,
    partsOf(plan, file).flatMap(({ chapters }) => chapters),
  );
  return inWordsOf(names, text);
}

/** The chapters of the runbook, in its order. */
export function partsOf(plan: Plan, file: string): Part[] {
  const names = namesOf(plan, file);
  const draining = drain(names);
  const importing = importDatabase(names);
  const parts: Part[] = [
    { title: 'To begin with', chapters: [firstLook(names), doneOnce(names), secrets(names), verify(names)] },
    {
      title: 'Something is wrong',
      chapters: [
        ...alertActions(names),
        uploadsFail(names),
        mobileAppFails(names),
        ...machineLearningFails(names),
        searchFindsNothing(names),
        pageIsSlow(names),
        databaseUnreachable(names),
        volumeIsNearlyFull(names),
        certificateIsOld(names),
        isByArgoCD(names) ? layerIsNotHealthy(names) : layerIsNotReady(names),
      ],
    },
    {
      title: 'Day by day',
      chapters: [
        logs(names),
        usage(names),
        scalingSection(names),
        ...(importing === undefined ? [] : [importing]),
      ],
    },
    {
      title: 'Something is lost',
      chapters: [
        restoreDatabase(names),
        restoreDump(names),
        restoreFiles(names),
        bothInOrder(names),
        rebuild(names),
        bringBack(names),
      ],
    },
    {
      title: 'Something is to change',
      chapters: [
        ...(draining === undefined ? [] : [draining]),
        ...upgrades(names),
        ...existingClusterSections(names),
        rollBack(names),
        move(names),
        deletion(names),
        never(names),
      ],
    },
  ];
  return parts.map(({ title, chapters }) => ({
    title,
    chapters: chapters.map((chapter) => ({ ...chapter, title: inWordsOf(names, chapter.title) })),
  }));
}

/** What is said of Flux holds for Argo CD too, where that is in its place. */
function inWordsOf(names: Names, text: string): string {
  return isByArgoCD(names) ? text.replace(/\bFlux\b/g, 'Argo CD') : text;
}

/** The chapter on how everything comes back when git and the stores are all that is left. */
export function rebuildOf(plan: Plan, file: string): string {
  const names = namesOf(plan, file);
  const { title, blocks } = rebuild(names);
  return inWordsOf(names, `${[`# ${title}`, ...blocks].join('\n\n')}\n`);
}
