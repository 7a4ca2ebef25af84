import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const login = (secret: string) =>
  server(`env:
  - { name: DB_HOSTNAME, value: immich-db-rw }
  - { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: ${secret}, key: password } } }`);

describe('recovery-without-names', () => {
  test.each([
    ['{ recovery: { source: origin } }', ['warning spec.bootstrap.recovery']],
    ['{ pg_basebackup: { source: origin } }', ['warning spec.bootstrap.pg_basebackup']],
    ['{ recovery: { source: origin, owner: immich } }', ['warning spec.bootstrap.recovery']],
    // The owner is called like the database.
    ['{ recovery: { source: origin, database: immich } }', []],
    ['{ initdb: { database: immich } }', []],
  ])('%s', (bootstrap, expected) => {
    const manifests = documents(cluster(`bootstrap: ${bootstrap}`), login('immich-db-app'));
    expect(said('recovery-without-names', manifests)).toEqual(expected);
  });

  test('who logs in by another secret is only told', () => {
    const manifests = documents(cluster('bootstrap: { recovery: { source: origin } }'), login('mine'));
    expect(said('recovery-without-names', manifests)).toEqual(['info spec.bootstrap.recovery']);
  });

  test('where nobody is seen to log in it is only told', () => {
    const manifests = documents(cluster('bootstrap: { recovery: { source: origin } }'), server(''));
    expect(said('recovery-without-names', manifests)).toEqual(['info spec.bootstrap.recovery']);
  });

  test("databases that are not Immich's are none of its business", () => {
    expect(said('recovery-without-names', cluster('bootstrap: { recovery: {} }', 'paperless'))).toEqual([]);
  });
});
