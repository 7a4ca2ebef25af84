/** An Immich-shaped database: its tables, as far as the drill looks into them, and a few photos. */

/** What the tables hold besides their names. Columns are Immich's own, those that nothing here reads left out. */
const columns: Readonly<Record<string, string>> = {
  user: `id uuid primary key default gen_random_uuid(), name text not null default '',
    "profileImagePath" text not null default '', "createdAt" timestamptz not null default now()`,
  asset: `id uuid primary key default gen_random_uuid(), "ownerId" uuid not null references "user" (id),
    "originalPath" text not null, "isExternal" boolean not null default false,
    "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()`,
  asset_exif: '"assetId" uuid primary key references asset (id), city text',
  asset_file:
    'id uuid primary key default gen_random_uuid(), "assetId" uuid not null references asset (id), path text not null',
  person: `id uuid primary key default gen_random_uuid(), "thumbnailPath" text not null default ''`,
  session: 'id uuid primary key default gen_random_uuid(), "updatedAt" timestamptz not null default now()',
  version_history:
    'id uuid primary key default gen_random_uuid(), "createdAt" timestamptz not null default now()',
  system_metadata: 'key text primary key, value jsonb not null',
  smart_search: '"assetId" uuid primary key references asset (id), embedding vector(8) not null',
  face_search: '"faceId" uuid primary key default gen_random_uuid(), embedding vector(8) not null',
};

/** The tables that others refer to come first. */
const first = ['user', 'asset'];

/** SQL for an empty database of Immich with these tables. Its indexes are pgvector's, as VectorChord is no package. */
export function schemaSql(tables: readonly string[]): string {
  const ordered = [...first, ...tables.filter((table) => !first.includes(table))];
  return [
    ...ordered.map((table) => `create table "${table}" (${columns[table] ?? 'id int'});`),
    'create index clip_index on smart_search using hnsw (embedding vector_cosine_ops);',
    'create index face_index on face_search using hnsw (embedding vector_cosine_ops);',
  ].join('\n');
}

const vector = `(select array_agg(random()) from generate_series(1, 8) where n is not null)::vector`;

/** SQL that adds a user and some photos, with what Immich knows of them. */
export function photosSql(count: number): string {
  return `
insert into "user" (name) values ('somebody');
insert into session default values;
insert into system_metadata values ('memories-state', '{"lastOnThisDayDate": "2020-01-04T00:00:00.000Z"}') on conflict do nothing;
insert into version_history default values;
insert into asset ("ownerId", "originalPath")
  select (select id from "user" limit 1), '/data/upload/' || n || '.jpg' from generate_series(1, ${count}) as n;
insert into asset_exif select id from asset on conflict do nothing;
insert into asset_file ("assetId", path) select id, '/data/thumbs/' || id || '.webp' from asset;
insert into person ("thumbnailPath") values ('/data/thumbs/person.jpg');
insert into smart_search
  select id, ${vector} from asset, lateral (select asset.id as n) as each_one on conflict do nothing;
insert into face_search (embedding) select ${vector} from generate_series(1, ${count}) as n;
`;
}
