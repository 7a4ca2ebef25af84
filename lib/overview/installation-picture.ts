import type { Plan } from '../plan/plan.ts';
import { backupParts } from './backup-parts.ts';
import { databaseFrame, drillFrame, immichFrame } from './frames.ts';
import type { Picture } from './picture.ts';
import { reduceNodes } from './reduction.ts';
import { secretParts } from './secret-parts.ts';
import { trafficParts } from './traffic-parts.ts';
import { volumeParts } from './volume-parts.ts';

/** The picture of an installation, from the same list of who talks to whom as its network policies. */
export function pictureOf(plan: Plan): Picture {
  const parts = [trafficParts(plan), volumeParts(plan), backupParts(plan), secretParts(plan)];
  const nodes = parts.flatMap(({ nodes }) => nodes);
  const frames = [immichFrame(plan), databaseFrame(plan), drillFrame(plan)].flatMap((frame) => frame ?? []);
  return reduceNodes({
    frames: [...new Set(frames)].filter((frame) => nodes.some((node) => node.frame === frame)),
    nodes,
    arrows: parts.flatMap(({ arrows }) => arrows),
  });
}
