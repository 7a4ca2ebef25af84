import type { Repository } from '../repository/repository.ts';
import { audit } from './audit.ts';
import type { Finding } from './finding.ts';
import { allRules } from './rules.ts';
import { everything, isTold, type Selection } from './selection.ts';
import { silence } from './silence.ts';

/**
 * What the rules find in a repository, without what its comments silence.
 *
 * @param isWhole Whether all of it was read, so that a comment that silences nothing can be told.
 */
export function repositoryFindings(
  { inventory, directives }: Repository,
  isWhole: boolean,
  selection: Selection = everything,
): Finding[] {
  const asked = allRules.filter(({ id }) => selection.rules.has(id));
  const known = new Set(allRules.map(({ id }) => id));
  return silence(
    audit(inventory, asked),
    directives,
    known,
    isWhole ? new Set(asked.map(({ id }) => id)) : new Set(),
  ).filter((finding) => isTold(finding, selection));
}
