import { exampleDifference } from '../audit/example.ts';
import { whoseWords } from '../audit/explain.ts';
import type { Rule } from '../audit/rule.ts';
import type { commentRules } from '../audit/silence.ts';

/** The page of a rule of the audit: what it means, why, what to change in an example, and how to silence it. */
export function rulePage(rule: Rule): string {
  const { id, severity, whose, meaning, why, url, limits, examples } = rule;
  return page(
    `# ${id}`,
    `${meaning} (${severity}, ${whoseWords[whose]})`,
    `${why} [Read on](${url}).`,
    '## Example',
    'From wrong (`-`) to right (`+`):',
    `\`\`\`diff\n${exampleDifference(examples)}\n\`\`\``,
    '## Known limits',
    [...(limits === undefined ? [] : [limits]), commonLimits].join('\n\n'),
    '## To silence it',
    `For one value, on its line or the one above, with the reason:

    # immich-audit: ignore ${id} <why it is right here>

For a run: \`--ignore ${id}\`. What is there already, and is to be mended later: \`--write-baseline FILE\`, and
\`--baseline FILE\` from then on, see [audit.md](../audit.md).`,
    foot,
  );
}

/** The page of what is said of comments that silence rules. */
export function commentRulePage({ id, severity, meaning, why }: (typeof commentRules)[number]): string {
  return page(
    `# ${id}`,
    `${meaning} (${severity})`,
    why,
    '## To silence it',
    `A comment cannot silence what is said of comments. For a run: \`--ignore ${id}\`.`,
    foot,
  );
}

/** What holds for every rule. */
const commonLimits = `A rule speaks only when it knows. What may stand in a folder that was not read, in a secret, in a chart that is
not known or in a variable that is filled in later, is passed over, and a reference to it may be milder or no finding. Over files
that nothing applies, every finding is info.`;

const foot =
  '[All rules](../rules.md). A wrong finding is a bug: report it with the manifest, cut down and without secrets.';

function page(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
