import { checksOf, countsOf, type Expectations, lossCondition } from '../drill/checks.ts';

/** The questions of a rehearsal as files, in the order of their names: what is asked after which step, and its exit code. */
export function questionsOf(
  before: Expectations,
  expected: Expectations,
  steps: { readonly isUpgraded: boolean; readonly isMigrated: boolean },
): { readonly [file: string]: string } {
  const asked = checksOf(expected);
  const files = (stage: string, names: readonly string[]) =>
    asked
      .filter(({ name }) => names.includes(name))
      .map(({ code, name, sql }) => [`${stage}-${code}-${name}.sql`, sql] as const);
  const content = checksOf(before).find(({ name }) => name === 'content');
  return {
    ...(content === undefined ? {} : { 'content.sql': content.sql }),
    'counts.sql': countsOf(before),
    ...(steps.isUpgraded
      ? Object.fromEntries([
          ...files('upgraded', ['extensions', 'content', 'vectors', 'search']),
          ['upgraded-33-rows.sql', rows(before, isAnother)],
        ])
      : {}),
    ...(steps.isMigrated
      ? Object.fromEntries([
          ...files('migrated', ['extensions', 'tables', 'content', 'vectors', 'search']),
          ['migrated-33-rows.sql', rows(expected, isLost(expected))],
        ])
      : {}),
  };
}

/** Compares the rows before, which psql has in `previous`, with those of now: answers with what fits the condition. */
function rows(now: Expectations, condition: string): string {
  return `select string_agg(format('%s had %s rows, and has %s', key, before.value, after.value), '; ')
from json_each_text(:'previous') as before
join json_each_text((
${countsOf(now).replace(/;\n$/, '')}
)) as after using (key)
where ${condition};
`;
}

/** An upgrade of PostgreSQL neither takes nor brings a row. */
const isAnother = 'before.value <> after.value';

/** Migrations tidy up here and there: what counts is a loss that people would notice, as in the drill. */
function isLost({ fewerRowsPercent }: Expectations): string {
  return lossCondition('before.value::bigint', 'after.value::bigint', fewerRowsPercent);
}
