import { allRules } from '../audit/rules.ts';
import { commentRules } from '../audit/silence.ts';

/** The page that lists all rules of the audit, with the way to the page of each. */
export function rulesPage(): string {
  return `${[head, table()].join('\n\n')}\n`;
}

const head = `# Rules of the audit

This page, and those of the rules, are derived from the rules themselves by \`npm run docs\`.

\`error\`: data is lost, something does not run, or a secret is exposed. \`warning\`: likely wrong. \`info\`: worth knowing.
In a folder that may be one part of many a finding can be milder than its rule, and where the other part may stand elsewhere there is none.
Over other people's files only what upstream says is ever an error, and what nothing applies is info.

[audit.md](audit.md) says how to run it. To silence a rule for one value, write
\`# immich-audit: ignore <rule> <why it is right here>\` on its line or the one above.`;

function table(): string {
  const rows = [...allRules, ...commentRules].map(
    ({ id, severity, meaning }) => `| [${id}](rules/${id}.md) | ${severity} | ${meaning} |`,
  );
  return ['| Rule | Severity | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
