import { defaulting, required } from '../schema/mapping.ts';
import { choice } from '../schema/scalar.ts';
import { objectName } from './texts.ts';

/** The keys of a claim that somebody else has made, to be mounted beside the volumes of Immich. */
export const presentClaim = {
  existingClaim: required(objectName, 'Name of a claim that exists already, in the namespace of Immich.'),
  accessMode: defaulting(
    choice('ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'),
    'ReadWriteOnce',
    'Who may mount it.',
  ),
};

/** Whether pods on several nodes can mount a claim. */
export function isOnSeveralNodes(accessMode: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadOnlyMany'): boolean {
  return accessMode !== 'ReadWriteOnce';
}
