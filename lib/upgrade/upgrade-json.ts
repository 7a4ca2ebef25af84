import type { Standing } from '../changes/standing.ts';
import { pathText } from '../text/quoting.ts';
import type { Upgrade } from './upgrade.ts';

/** An upgrade for programs, as `schema/explain-report.json` describes it. */
export function upgradeJson({ installation, now, wanted, commits }: Upgrade) {
  return {
    kind: 'upgrade',
    installation,
    now: standingJson(now),
    wanted: standingJson(wanted),
    commits: commits.map(({ title, keys, notes, changes, waits }) => ({
      title,
      keys: keys.map(({ path, value }) => ({ key: pathText(path), value: value ?? null })),
      notes,
      changes: changes.map(({ id, grade, sentence, steps }) => ({ id, grade, sentence, steps })),
      waits,
    })),
  };
}

function standingJson({ version, database }: Standing) {
  return {
    immich: version?.text ?? null,
    postgres: database?.versions?.postgres ?? null,
    vectorchord: database?.versions?.vectorchord ?? null,
  };
}
