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

const names = ', postBuild: { substitute: { APP: immich } }';
const from = ', postBuild: { substituteFrom: [{ kind: Secret, name: settings }] }';
const block = 'DO $$ BEGIN PERFORM 1; END $$;';
const place = 'spec.bootstrap.initdb.postInitApplicationSQL.0';

test.each<[string, string, string[]]>([
  ['dollars that quote a block', repository(names, block), [`error ${place}`]],
  ['the same, with variables from elsewhere', repository(from, block), [`warning ${place}`]],
  ['the same, without variables', repository('', block), []],
  ['the same, doubled', repository(names, block.replaceAll('$$', '$$$$$$$$')), []],
  ['a word between the dollars', repository(names, block.replaceAll('$$', '$body$')), []],
  [
    'an object that is left alone',
    repository(names, block, '{ kustomize.toolkit.fluxcd.io/substitute: disabled }'),
    [],
  ],
  ['a variable that there is not', repository(names, "SELECT '\u0024{HOME}'"), [`warning ${place}`]],
  ['a variable that there is', repository(names, "SELECT '\u0024{APP}'"), []],
])('in SQL, %s', (_, text, expected) => {
  expect(said('substitution', text)).toEqual(expected);
});
