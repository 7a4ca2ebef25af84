import { verifiedDatabaseUrl } from '../../lib/immich/database-url.ts';

const database = {
  host: 'immich-db.example.net',
  port: 5432,
  username: 'immich',
  database: 'immich',
  certificateAuthority: '/etc/immich/database/ca.crt',
};

test('the address asks both clients to verify, and leaves the password to Kubernetes', () => {
  expect(verifiedDatabaseUrl(database)).toBe(
    'postgresql://immich:$(DB_PASSWORD)@immich-db.example.net:5432/immich?sslmode=verify-full&sslrootcert=/etc/immich/database/ca.crt',
  );
});

test('names that a URL would read in its own way arrive whole', () => {
  const odd = { username: 'im@mich/1', database: 'a?b#c', certificateAuthority: '/etc/a b/ca&x.crt' };
  const url = new URL(verifiedDatabaseUrl({ ...database, ...odd }).replace('$(DB_PASSWORD)', 'secret'));
  expect(url.host).toBe('immich-db.example.net:5432');
  expect(decodeURIComponent(url.username)).toBe(odd.username);
  expect(decodeURIComponent(url.pathname)).toBe(`/${odd.database}`);
  expect(url.searchParams.get('sslrootcert')).toBe(odd.certificateAuthority);
  expect(url.searchParams.get('sslmode')).toBe('verify-full');
});
