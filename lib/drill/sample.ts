import { literal } from './sql.ts';

/** How many of the newest files are compared, and of the oldest. */
export const extremes = 5;

/**
 * SQL that answers with the files that the drill of files compares, two lines each: why it is among them, when it came in
 * seconds since 1970, the SHA-1 of what Immich was given, and the asset; then its path in the library, which may hold
 * spaces. The first line says when this was asked, and how many files there are in all, how many of them old enough, and how
 * many are here.
 *
 * Of external files Immich keeps the SHA-1 of the path. What is younger than two days may not be backed up yet, or may still be
 * moved by a storage template; what is larger than 1Gi takes too long.
 */
export function sampleSql(mediaLocation: string, random: number): string {
  const originals = literal(`^${mediaLocation}/(upload|library)/`);
  return `with own as (
  select asset.id, asset."createdAt", asset.checksum, substr(asset."originalPath", ${mediaLocation.length + 2}) as path,
    asset."createdAt" < now() - interval '2 days' as is_settled,
    coalesce(asset_exif."fileSizeInByte", 0) <= 1073741824 and octet_length(asset.checksum) = 20
      and asset."originalPath" !~ '[\\n\\r]' as is_comparable
  from public.asset
  left join public.asset_exif on asset_exif."assetId" = asset.id
  where not asset."isExternal" and asset."deletedAt" is null and asset."originalPath" ~ ${originals}
),
candidates as (
  select *, row_number() over (order by "createdAt" desc, id) as newness,
    row_number() over (order by "createdAt", id) as age, row_number() over (order by random()) as lot
  from own
  where is_settled and is_comparable
),
chosen as (
  select *, case when newness <= ${extremes} then 'newest' when age <= ${extremes} then 'oldest' else 'random' end as reason
  from candidates
  where newness <= ${extremes} or age <= ${extremes} or lot <= ${random}
)
select line
from (
  select 0 as place, format('%s %s %s %s', floor(extract(epoch from now())), (select count(*) from own),
    (select count(*) from own where is_settled), (select count(*) from chosen)) as line
  union all
  select row_number() over (order by newness), format(E'%s %s %s %s\\n%s', reason, floor(extract(epoch from "createdAt")),
    encode(checksum, 'hex'), id, path)
  from chosen
) as lines
order by place;
`;
}
