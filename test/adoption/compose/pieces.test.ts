import { adoptedFromCompose } from '../../../lib/adoption/adoption.ts';

const compose = `services:
  web:
    image: ghcr.io/immich-app/immich-server:v2.7.5
    volumes: ["$PHOTOS:/data", "/fast/thumbs:/data/thumbs", "/srv/family album:/mnt/family:ro"]
  db:
    image: docker.io/tensorchord/pgvecto-rs:pg14-v0.2.0
    environment: { POSTGRES_USER: "$DB_USERNAME", POSTGRES_DB: "$DB_DATABASE_NAME", POSTGRES_PASSWORD: "$DB_PASSWORD" }
`;
const variables = `export PHOTOS='/mnt/big disk/immich'   # where they are
DB_PASSWORD="madeUp#ForThisTest"
DB_USERNAME = photos
DB_DATABASE_NAME="gallery"
`;

/** The adopted file, with its comments on one line each. */
function adopted(text = compose): string {
  const found = adoptedFromCompose(
    { file: 'compose.yaml', text },
    { file: '.env', text: variables },
    {
      name: 'home',
      schema: undefined,
    },
  );
  if (typeof found === 'string') throw new Error(found);
  expect(found.problems).toEqual([]);
  return found.text.replace(/\n *# (?!from)/g, ' ');
}

test('the dump is made under the names of this compose file', () => {
  expect(adopted()).toContain(
    'docker compose exec -T db pg_dump --clean --if-exists --no-owner --no-privileges --username=photos --dbname=gallery | gzip > dump.sql.gz',
  );
  expect(adopted()).not.toContain('madeUp');
});

test('a folder inside the library belongs to it, and another one does not', () => {
  expect(adopted()).toContain('The photos are in /mnt/big disk/immich on the machine of compose.');
  expect(adopted()).toContain(
    'The folder /fast/thumbs is /data/thumbs for Immich, a part of the library: copy it into the folder thumbs of the new one',
  );
  expect(adopted()).toContain('The folder /srv/family album at /mnt/family, read-only, was not carried over');
});

test('a database on pgvecto.rs alone is not dumped before it has VectorChord', () => {
  expect(adopted()).toContain('This image has pgvecto.rs and no VectorChord');
  const both = compose.replace(
    'docker.io/tensorchord/pgvecto-rs:pg14-v0.2.0',
    'ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0',
  );
  expect(adopted(both)).not.toMatch(/pgvecto\.rs/);
});
