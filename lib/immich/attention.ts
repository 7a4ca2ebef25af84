import { compareVersions, type Version } from '../values/version.ts';
import { release } from './release.ts';

/** Something that whoever runs Immich has to know or do when this release comes. */
export interface AttentionPoint {
  readonly release: Version;
  /** One sentence or two. */
  readonly text: string;
  /** Where it is said. */
  readonly source: string;
}

/** The points of every release after `from`, up to and with `to`, oldest first. */
export function attentionBetween(from: Version, to: Version): AttentionPoint[] {
  return points.filter(
    (point) => compareVersions(point.release, from) > 0 && compareVersions(point.release, to) <= 0,
  );
}

const notes = (version: string) => `https://github.com/immich-app/immich/releases/tag/${version}`;

/** Oldest first. */
const points: readonly AttentionPoint[] = [
  {
    release: release(1, 133, 0),
    text: 'VectorChord takes the place of pgvecto.rs: the database needs an image with both, and all vectors are indexed anew, which takes from minutes to hours.',
    source: notes('v1.133.0'),
  },
  {
    release: release(1, 136, 0),
    text: 'All tables of the database get singular names: programs that read the database need a version for it.',
    source: 'https://github.com/immich-app/immich/pull/19891',
  },
  {
    release: release(1, 137, 0),
    text: 'Files are kept below /data in the container where nothing else is said; the database holds absolute paths.',
    source: 'https://github.com/immich-app/immich/pull/20367',
  },
  {
    release: release(2, 0, 0),
    text: 'From here on versions are semantic: apps 2.x belong to a server 2.x.',
    source: notes('v2.0.0'),
  },
  {
    release: release(2, 2, 0),
    text: 'Text in photos is read: a new queue and models for it, which take memory. Start the job once for photos that are there.',
    source: notes('v2.2.0'),
  },
  {
    release: release(2, 5, 0),
    text: 'Edits of photos no longer change the file: apps older than 2.5 show the originals. Dumps are made by pg_dump, and can be restored in the web interface.',
    source: notes('v2.5.0'),
  },
  {
    release: release(2, 5, 2),
    text: 'The apps load everything about the photos again.',
    source: notes('v2.5.2'),
  },
  {
    release: release(2, 6, 0),
    text: 'The codec libopus is called opus in the configuration; what is stored is changed, a configuration file is not.',
    source: notes('v2.6.0'),
  },
  {
    release: release(2, 7, 0),
    text: 'The check for new versions asks version.immich.cloud, no longer github.com: firewalls have to know.',
    source: notes('v2.7.0'),
  },
  {
    release: release(3, 0, 0),
    text:
      'pgvecto.rs is gone. OAuth over http is refused unless oauth.allowInsecureRequests says otherwise, the codec ' +
      'libopus is refused, metrics have other names, and many endpoints of the API are gone: companions such as ' +
      'power-tools and kiosk need a version for 3.',
    source: 'https://immich.app/blog/v3-migration',
  },
  {
    release: release(3, 0, 0),
    text: 'Machine learning on amd64 needs a processor of x86-64-v2, from about 2009 on; on an older or emulated one it ends at once.',
    source: 'https://immich.app/blog/v3-migration',
  },
  {
    release: release(3, 0, 3),
    text: 'Live photos: run the job for missing thumbnails once.',
    source: notes('v3.0.3'),
  },
  {
    release: release(3, 1, 0),
    text: 'The app needs iOS 14. With OAuth, the role of a user follows the role claim at each login: an administrator without the claim is none any more.',
    source: notes('v3.1.0'),
  },
  {
    release: release(3, 2, 0),
    text: 'The tables of faces and people are rewritten, which takes minutes to hours with many faces; person.id is gone, so that programs that read the database break.',
    source: 'https://github.com/immich-app/immich/pull/30739',
  },
  {
    release: release(3, 3, 0),
    text: 'Old apps show only the memories of this day, and none of the new kinds.',
    source: notes('v3.3.0'),
  },
];
