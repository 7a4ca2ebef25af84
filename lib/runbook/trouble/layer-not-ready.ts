import { fluxCommand, kustomizations, layerName, reconcile } from '../delivery.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A layer that Flux does not get ready. */
export function layerIsNotReady(names: Names): Section {
  const { app, data, file, installation, plan } = names;
  const { namespace, source } = installation.flux;
  const place = `--namespace ${namespace}`;
  return {
    title: 'A layer of Flux is not ready',
    blocks: [
      'Which layer it is, and what it says; the last two commands ask of `app`, and of another by its name:',
      commands(
        `${app} get ${kustomizations} ${place}`,
        ...(plan.isRemote ? [`${data} get ${kustomizations} ${place}`] : []),
        `${app} get ${kustomizations} ${layerName(names, 'app')} ${place} --output jsonpath='{.status.conditions}'`,
        `${app} get events ${place} --field-selector involvedObject.name=${layerName(names, 'app')}`,
      ),
      bullets(
        '`dependency ... is not ready`: look at that layer instead.',
        '`health check failed after`: Flux applied it, and an object does not get ready; the message names it. A migration or a restore may take longer than the timeout: Flux goes on waiting, and nothing is undone.',
        '`dry-run failed`: Kubernetes refuses an object, and applies none of the layer; the message says which and why. A kind that is not known: its operator is missing, `doctor` names it. A field that cannot be changed: `npx immich-cdk8s review` says so before it is merged.',
        `\`kustomization path not found\`: dist is not where \`flux.path\` of \`${file}\` says, seen from the root of \`${source.kind} ${source.name}\`.`,
        'Suspended: somebody stopped it, as every restore here does: "Bring the server back".',
        `After it is mended, without waiting: \`${reconcile(names, 'app', 'app')}\`, or with Flux's own program \`${fluxCommand(names, 'app', 'reconcile', 'app')}\`. Never \`force\`.`,
      ),
    ],
  };
}
