import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../lib/audit/finding.ts';
import { fingerprintsOf } from '../lib/audit/fingerprint.ts';
import type { Audited } from './audited.ts';

/** A finding with the repository that it was found in. */
export interface Sampled {
  readonly repository: Audited;
  readonly finding: Finding;
}

/**
 * Some findings of a severity, to be judged by hand. They are picked by what they say and where, so that the same corpus gives the same
 * ones, and a finding that comes or goes moves few others.
 */
export function sampleOf(all: readonly Audited[], severity: Severity, size: number): Sampled[] {
  return all
    .flatMap((repository) =>
      [...fingerprintsOf(repository.findings)]
        .filter(([finding]) => finding.severity === severity)
        .map(([finding, fingerprint]) => ({
          repository,
          finding,
          rank: createHash('sha256').update(`${repository.name}\n${fingerprint}`).digest('hex'),
        })),
    )
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, size);
}
