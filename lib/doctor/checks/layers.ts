import { nameOf } from '../../manifests/name.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { delivererOf, layersOf, listedKustomizations } from '../kustomizations.ts';
import { type Progress, progressOf } from '../progress.ts';

/** Whether Flux has applied every layer, and what it waits for. */
export const layers: Check = {
  id: 'layers',
  title: 'Layers of Flux or Argo CD',
  isOfLife: true,
  look: async (subject, cluster) =>
    judge(await listedKustomizations(subject, cluster), 'The layers', {
      seen: (all) => {
        const living = new Map(all.map((one) => [nameOf(one), one]));
        const progress = layersOf(subject).map(({ object }) => {
          const name = object.metadata?.name ?? '';
          return progressOf(name, living.get(name));
        });
        const ready = progress.flatMap((one) => (one.kind === 'ready' ? [one] : []));
        const revisions = [...new Set(ready.map(({ revision }) => revision))];
        const told = progress.flatMap((one) => findingsOf(one, subject));
        const names = enumerate(ready.map(({ name }) => name));
        return ready.length === 0 ? told : [...told, sayWell(`Ready at ${enumerate(revisions)}: ${names}.`)];
      },
    }),
};

function findingsOf(progress: Progress, subject: Subject): readonly Finding[] {
  const { kubectl, file } = subject;
  const { name } = progress;
  const { called, kind, apply, resume } = delivererOf(subject);
  switch (progress.kind) {
    case 'missing':
      return [
        sayError(
          `${name} is in dist, and ${called} does not have it.`,
          `Push dist, and see what ${called} has:`,
          `${kubectl} get ${kind.full} --all-namespaces`,
        ),
      ];
    case 'suspended':
      return [
        sayWarning(
          `${name} is suspended: ${called} applies nothing of it, as in the middle of a restore.`,
          'When that is done:',
          resume(name),
        ),
      ];
    case 'waiting':
      return [sayWarning(`${name}: ${progress.message}`)];
    case 'failed':
      return [
        sayError(
          `${name}: ${progress.message}`,
          `Mend what it says in ${file}, run synth and push. Then, without waiting:`,
          apply(name),
        ),
      ];
    case 'ready':
      return [];
  }
}
