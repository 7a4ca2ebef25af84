import { exampleDifference } from '../audit/example.ts';
import { WHOSE } from '../audit/explain.ts';
import type { Rule } from '../audit/rule.ts';
import { RULES } from '../audit/rules.ts';
import { BAD_IGNORE } from '../audit/silence.ts';

/** The page of all rules of the audit: what each means, why, and what to change in an example. */
export function rulesPage(): string {
  return `${[HEAD, table(), ...RULES.map(section)].join('\n\n')}\n`;
}

const HEAD = `# Rules of the audit

This page is derived from the rules themselves by \`npm run docs\`.

\`error\`: data is lost, something does not run, or a secret is exposed. \`warning\`: likely wrong. \`info\`: worth knowing.
In a folder that may be one part of many a finding can be milder than its rule, and where the other part may stand elsewhere there is none.
Over other people's files only what upstream says is ever an error, and what nothing applies is info.

Each example is a diff from wrong (\`-\`) to right (\`+\`).

To silence a rule for one value, write \`# immich-audit: ignore <rule> <why it is right here>\` on its line or the one above.`;

function table(): string {
  const rows = [...RULES, BAD_IGNORE].map(
    ({ id, severity, meaning }) =>
      `| ${id === BAD_IGNORE.id ? id : `[${id}](#${id})`} | ${severity} | ${meaning} |`,
  );
  return ['| Rule | Severity | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function section({ id, severity, whose, meaning, why, url, examples }: Rule): string {
  return [
    `## ${id}`,
    `${meaning} (${severity}, ${WHOSE[whose]})`,
    `${why} [Read on](${url}).`,
    `\`\`\`diff\n${exampleDifference(examples)}\n\`\`\``,
  ].join('\n\n');
}
