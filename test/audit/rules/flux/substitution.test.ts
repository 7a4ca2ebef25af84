import { documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function repository(postBuild: string, statement: string, annotations = '{}'): string {
  return documents(
    `# flux/db.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich-db, namespace: flux-system }
spec: { interval: 1h, path: ./db, prune: true${postBuild} }`,
    `# db/cluster.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich, annotations: ${annotations} }
spec:
  instances: 2
  bootstrap: { initdb: { database: immich, owner: immich, postInitApplicationSQL: ["${statement}"] } }`,
  );
}

const NAMES = ', postBuild: { substitute: { APP: immich } }';
const FROM = ', postBuild: { substituteFrom: [{ kind: Secret, name: settings }] }';
const BLOCK = 'DO $$ BEGIN PERFORM 1; END $$;';
const PLACE = 'spec.bootstrap.initdb.postInitApplicationSQL.0';

test.each<[string, string, string[]]>([
  ['dollars that quote a block', repository(NAMES, BLOCK), [`error ${PLACE}`]],
  ['the same, with variables from elsewhere', repository(FROM, BLOCK), [`warning ${PLACE}`]],
  ['the same, without variables', repository('', BLOCK), []],
  ['the same, doubled', repository(NAMES, BLOCK.replaceAll('$$', '$$$$$$$$')), []],
  ['a word between the dollars', repository(NAMES, BLOCK.replaceAll('$$', '$body$')), []],
  [
    'an object that is left alone',
    repository(NAMES, BLOCK, '{ kustomize.toolkit.fluxcd.io/substitute: disabled }'),
    [],
  ],
  ['a variable that there is not', repository(NAMES, "SELECT '\u0024{HOME}'"), [`warning ${PLACE}`]],
  ['a variable that there is', repository(NAMES, "SELECT '\u0024{APP}'"), []],
])('in SQL, %s', (_, text, expected) => {
  expect(said('substitution', text)).toEqual(expected);
});
