const DOCS = 'https://github.com/YOU/immich-cdk8s/blob/main/docs';

/** The page that lists the rules of the audit. */
export const RULES_PAGE = `${DOCS}/rules.md`;

/** What the audit reads. */
export const READ_PAGE = `${DOCS}/audit.md#what-it-reads`;

/** The page of a rule. */
export function rulePageOf(rule: string): string {
  return `${DOCS}/rules/${rule}.md`;
}
