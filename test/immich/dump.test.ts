import { execFileSync } from 'node:child_process';
import { dumpFilter } from '../../lib/immich/dump.ts';

const filtered = (lines: readonly string[]) =>
  execFileSync('sed', ['--regexp-extended', dumpFilter], { input: lines.join('\n'), encoding: 'utf8' }).split(
    '\n',
  );

test('what only a superuser may do, and what gives objects to another role, is left out of a dump', () => {
  const lines = [
    'CREATE EXTENSION IF NOT EXISTS vchord WITH SCHEMA public;',
    'ALTER TABLE public.asset OWNER TO postgres;',
    'ALTER FUNCTION public.f_unaccent(text) OWNER TO "photo-role";',
    'ALTER TABLE ONLY public.asset ADD CONSTRAINT asset_pkey PRIMARY KEY (id);',
    "SELECT pg_catalog.set_config('search_path', '', false);",
    'CREATE TABLE public.asset (id uuid);',
  ];
  expect(filtered(lines)).toEqual([
    'ALTER TABLE ONLY public.asset ADD CONSTRAINT asset_pkey PRIMARY KEY (id);',
    "SELECT pg_catalog.set_config('search_path', 'public, pg_catalog', false);",
    'CREATE TABLE public.asset (id uuid);',
  ]);
});
