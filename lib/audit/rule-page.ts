const DOCS = 'https://github.com/YOU/immich-cdk8s/blob/main/docs';

/** The page that lists the rules of the audit. */
export const RULES_PAGE = `${DOCS}/rules.md`;

/** The page of a rule. */
export function rulePageOf(rule: string): string {
  return `${DOCS}/rules/${rule}.md`;
}
