import type { Change } from '../../lib/changes/change.ts';

/** How CHANGELOG.md speaks of what restarts. */
const words: readonly (readonly [object: RegExp, word: RegExp])[] = [
  [/^Deployment .*immich-machine-learning$/, /machine learning/i],
  [/^Deployment .*immich-valkey$/, /Valkey/],
  [/^(Cluster|ObjectStore) /, /instance|database/i],
  [/^Deployment /, /Immich|server/],
];

/** The objects that restart with a new version of this program, of which its changelog does not say so. */
export function untold(changes: readonly Change[], changelog: string): string[] {
  const entries = entriesOf(changelog).filter((entry) => /restart/i.test(entry));
  return changes
    .filter(({ grade }) => grade === 'restarting')
    .flatMap(({ objects }) => objects)
    .filter((object) => {
      const word = words.find(([objects]) => objects.test(object))?.[1] ?? /./;
      return !entries.some((entry) => word.test(entry));
    });
}

/** What stands under "In dist" of what is not released yet, entry by entry. */
function entriesOf(changelog: string): string[] {
  const unreleased = /^## Unreleased\n(.*?)(?=^## )/ms.exec(changelog)?.[1] ?? '';
  const inDist = /^### In dist\n(.*?)(?=^### |(?![\s\S]))/ms.exec(unreleased)?.[1] ?? '';
  return inDist.split(/^- /m).map((entry) => entry.replace(/Nothing restarts\./g, ''));
}
