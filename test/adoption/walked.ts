import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { type Adoption, adoptRepository } from '../../lib/adoption/adoption.ts';
import type { Today } from '../../lib/adoption/today.ts';
import { readRepository } from '../../lib/repository/repository.ts';

/** The adoption of the manifests in one of the folders of `walks`. */
export function walked(kind: string): { readonly adoption: Adoption; readonly today: Today } {
  const adoption = adoptRepository(readRepository(nodeFiles(join(__dirname, 'walks', kind))), {
    name: 'home',
    schema: undefined,
  });
  if (adoption?.today === undefined) throw new Error(`No Immich in ${kind}`);
  return { adoption, today: adoption.today };
}
