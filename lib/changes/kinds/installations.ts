import type { Draft } from '../comparison.ts';
import type { State } from '../state.ts';

/** The draft of an installation whose file is gone. */
export function installationGone(name: string, _state: State): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'remove',
    from: name,
    to: 'nothing',
    sentence:
      `No installation file says name: ${name} any more, and its folder would be removed: Flux takes away Immich ` +
      'with all that is not protected, and nothing backs up what stays.',
    steps: [
      `If that is meant, remove the folder yourself and commit it: git rm -r dist/${name}.`,
      'If not, bring the installation file back: git restore installations/.',
    ],
    pairs: [],
  };
}

/** The draft of an installation whose file says another name. */
export function installationRenamed(from: string, to: string, _state: State): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'rename',
    from,
    to,
    sentence:
      `The folder ${from} is gone from dist and ${to} is new, and so are Flux's Kustomizations: those of ` +
      `immich-${from} remove what they applied while those of immich-${to} apply it, or fail for want of their folder.`,
    steps: [
      `Keep name: ${from}; nothing outside of git shows it.`,
      `If the name has to change: suspend the Kustomizations of immich-${from}, delete them with deletionPolicy: Orphan, then let those of immich-${to} take over.`,
    ],
    key: ['name'],
    pairs: [],
  };
}
