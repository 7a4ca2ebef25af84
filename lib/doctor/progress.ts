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

/** How far Flux is with a layer, as its object says. */
export function progressOf(name: string, kustomization: Field | undefined): Progress {
  if (kustomization === undefined) return { kind: 'missing', name };
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
