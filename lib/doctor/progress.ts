import { skipAnnotation } from '../kubernetes/argocd.ts';
import type { Field } from '../manifests/field.ts';
import { conditionOf } from './live.ts';

/** How far Flux is with a layer. */
export type Progress =
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'suspended'; readonly name: string }
  | { readonly kind: 'ready'; readonly name: string; readonly revision: string }
  /** It waits for another layer, or is being applied. */
  | { readonly kind: 'waiting'; readonly name: string; readonly message: string }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

/** How far Flux, or Argo CD, is with a layer, as its object says. */
export function progressOf(name: string, layer: Field | undefined): Progress {
  if (layer === undefined) return { kind: 'missing', name };
  return layer.at('spec', 'destination').exists ? ofApplication(name, layer) : ofKustomization(name, layer);
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ */
function ofApplication(name: string, application: Field): Progress {
  if (application.at('metadata', 'annotations').labels[skipAnnotation] === 'true') {
    return { kind: 'suspended', name };
  }
  const [sync, health, operation] = [
    application.at('status', 'sync'),
    application.at('status', 'health'),
    application.at('status', 'operationState'),
  ];
  const status = health.at('status').text ?? 'not looked at yet';
  const isSynced = sync.at('status').text === 'Synced';
  if (isSynced && status === 'Healthy') {
    return { kind: 'ready', name, revision: sync.at('revision').text ?? '' };
  }
  const phase = operation.at('phase').text ?? '';
  if (!isSynced && ['Failed', 'Error'].includes(phase)) {
    return { kind: 'failed', name, message: operation.at('message').text ?? `its sync is ${phase}` };
  }
  const message = health.at('message').text ?? sync.at('status').text ?? '';
  return {
    kind: ['Degraded', 'Suspended', 'Missing'].includes(status) ? 'failed' : 'waiting',
    name,
    message: `${status}${message === '' ? '' : `: ${message}`}`,
  };
}

function ofKustomization(name: string, kustomization: Field): Progress {
  if (kustomization.get('spec', 'suspend') === true) return { kind: 'suspended', name };
  const ready = conditionOf(kustomization, 'Ready');
  const message = (ready?.at('message').text ?? 'Flux has not begun').trim();
  if (ready?.at('status').text === 'True') {
    return { kind: 'ready', name, revision: kustomization.at('status', 'lastAppliedRevision').text ?? '' };
  }
  // https://fluxcd.io/flux/components/kustomize/kustomizations/#conditions
  const isFailed = ready?.at('status').text === 'False' && ready.at('reason').text !== 'DependencyNotReady';
  return { kind: isFailed ? 'failed' : 'waiting', name, message };
}
