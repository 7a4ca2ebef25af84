import { immich } from '../manifests/views/immich.ts';
import type { Repository } from '../repository/repository.ts';
import type { Sighting } from '../repository/sighting.ts';
import type { Finding } from './finding.ts';
import { readPage } from './rule-page.ts';

/** What an audit knows of Immich in what it read. */
export type Understanding =
  | { readonly state: 'understood' }
  /** Nothing looks like Immich, and nothing was found. */
  | { readonly state: 'absent' }
  /** Something looks like Immich, and nothing of it was understood, so that no findings mean nothing. */
  | { readonly state: 'missed'; readonly sightings: readonly Sighting[] };

/** Whether a repository was understood, so that to find nothing in it means something. */
export function understandingOf(
  { inventory, sightings }: Repository,
  findings: readonly Finding[],
): Understanding {
  if (findings.length > 0 || immich(inventory).containers.length > 0) return { state: 'understood' };
  return sightings.length === 0 ? { state: 'absent' } : { state: 'missed', sightings };
}

/** Says what was seen of an Immich that was not understood. */
export function missedText(sightings: readonly Sighting[]): string {
  const shown = sightings.slice(0, most).map(({ file, what }) => `  ${file}: ${what}\n`);
  const more = sightings.length - shown.length;
  return [
    'This looks like Immich, but nothing of it was understood, so that nothing can be said of it:\n',
    ...shown,
    ...(more === 0 ? [] : [`  and ${more} more\n`]),
    `What is read: ${readPage}. Where another program makes the manifests, audit what it makes.\n`,
  ].join('');
}

const most = 10;
