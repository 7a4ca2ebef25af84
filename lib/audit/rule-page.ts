const docs = 'https://github.com/YOU/immich-cdk8s/blob/main/docs';

/** The page that lists the rules of the audit. */
export const rulesPage = `${docs}/rules.md`;

/** What the audit reads. */
export const readPage = `${docs}/audit.md#what-it-reads`;

/** The page of a rule. */
export function rulePageOf(rule: string): string {
  return `${docs}/rules/${rule}.md`;
}
