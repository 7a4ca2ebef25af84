import { changesBetween } from '../../lib/changes/compare.ts';
import { objectName } from '../../lib/changes/pairs.ts';
import { sharedReader, statesOf } from '../../lib/changes/state.ts';
import type { Tree } from '../control-plane/flux.ts';
import { committed, type Edits, objectsOf, synthesized } from './dist.ts';
import { applied } from './sites.ts';

/** Edits of an installation file that the API server or a webhook refuses, or takes. */
const edits: readonly { readonly site: string; readonly what: string; readonly edits: Edits }[] = [
  { site: 'home/home', what: 'another class', edits: { 'volumes.library.storageClass': 'fast' } },
  { site: 'home/home', what: 'a smaller library', edits: { 'volumes.library.size': '400Gi' } },
  { site: 'home/home', what: 'a larger library', edits: { 'volumes.library.size': '600Gi' } },
  {
    site: 'home/home',
    what: 'another access mode',
    edits: { 'volumes.library.accessMode': 'ReadWriteMany' },
  },
  { site: 'home/home', what: 'a smaller database', edits: { 'database.cnpg.storage.size': '10Gi' } },
  { site: 'home/home', what: 'a larger database', edits: { 'database.cnpg.storage.size': '30Gi' } },
  {
    site: 'home/home',
    what: 'a volume for the write-ahead log',
    edits: { 'database.cnpg.walStorage': { storageClass: 'longhorn', size: '5Gi' } },
  },
  { site: 'home/home', what: 'another host', edits: { host: 'pictures.example.com' } },
  {
    site: 'home/home',
    what: 'a Gateway instead of Traefik',
    edits: { route: { gateway: { class: 'envoy', parents: [{ name: 'outside', namespace: 'gateways' }] } } },
  },
  {
    site: 'tachtit/tachtit',
    what: 'another export',
    edits: { 'volumes.library.nfs.path': '/export/immich/other' },
  },
  { site: 'tachtit/tachtit', what: 'a larger share', edits: { 'volumes.library.size': '600Gi' } },
];

/** What is called impossible is refused by the API server too, and nothing else is. */
export function whatIsImpossible(): void {
  describe('13. What is impossible', () => {
    const tree = committed();

    test.each(edits)('$site: $what is judged as the API server does', async ({ site: name, edits }) => {
      const { cluster, site } = await applied(name);
      const [installation = ''] = name.split('/');
      const later = synthesized(installation, edits);
      const expected = changesBetween(statesIn(tree, installation), statesIn(later, installation))
        .filter(({ impossible }) => impossible === true)
        .flatMap(({ objects }) => objects);
      const refused: string[] = [];
      for (const { object, file, text } of objectsOf(later, site)) {
        if (tree.get(file) === text || !tree.has(file)) continue;
        const { kind, metadata } = object;
        await cluster.api.apply(object, { dryRun: true }).catch(() => {
          refused.push(objectName({ kind, namespace: metadata?.namespace, name: metadata?.name ?? '' }));
        });
      }
      expect(refused.sort()).toEqual([...new Set(expected)].sort());
    });
  });
}

function statesIn(tree: Tree, installation: string) {
  const below = [...tree].flatMap(([file, text]): [string, string][] =>
    file.startsWith(`dist/${installation}/`) ? [[file.slice('dist/'.length), text]] : [],
  );
  return statesOf(new Map(below), sharedReader());
}
