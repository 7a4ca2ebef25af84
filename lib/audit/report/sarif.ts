import { pathText } from '../../text/quoting.ts';
import { type Shown, showJson } from '../../text/shown.ts';
import type { Finding, Severity } from '../finding.ts';
import { fingerprintsOf } from '../fingerprint.ts';
import { rulePageOf } from '../rule-page.ts';

/** What SARIF says of a rule. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  readonly meaning: string;
  readonly why: string;
  readonly url: string;
}

/** Who found something, what its fingerprints are called, and which page a rule has. */
export interface Tool {
  readonly name: string;
  readonly fingerprint: string;
  readonly pageOf: (rule: RuleDescription) => string;
}

const immichAudit: Tool = {
  name: 'immich-audit',
  fingerprint: 'immichAudit/v1',
  pageOf: ({ id }) => rulePageOf(id),
};

const origin = 'Part of immich-cdk8s, which is not made by the Immich team.';

/**
 * Findings for code scanning, as SARIF 2.1.0 with what GitHub asks for besides.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(
  findings: readonly Finding[],
  rules: readonly RuleDescription[],
  tool: Tool = immichAudit,
): Shown {
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprints = fingerprintsOf(findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            informationUri: 'https://github.com/YOU/immich-cdk8s',
            fullDescription: { text: origin },
            rules: rules.map((rule) => description(rule, tool.pageOf(rule))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ...result(finding, indices),
          // The same finding keeps its identity when lines above it come or go.
          partialFingerprints: { [tool.fingerprint]: fingerprints.get(finding) ?? '' },
        })),
      },
    ],
  };
  return showJson(log);
}

function description({ id, severity, meaning, why, url }: RuleDescription, page: string) {
  const links =
    page === url ? `[Read on](${url}).` : `[Read on](${url}), or [how to mend and silence it](${page}).`;
  return {
    id,
    shortDescription: { text: meaning },
    help: { text: `${why} ${origin}`, markdown: `${why} ${links} ${origin}` },
    helpUri: page,
    defaultConfiguration: { level: levels[severity] },
  };
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function result(finding: Finding, indices: ReadonlyMap<string, number>) {
  const { rule, severity, file, line, column, path, object, message, fix } = finding;
  const name = [object.namespace, object.kind, object.name].filter((part) => part !== undefined).join('/');
  return {
    ruleId: rule,
    ruleIndex: indices.get(rule) ?? -1,
    level: levels[severity],
    message: { text: `${message} ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: line ?? 1, startColumn: column ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: `${name}${path.length === 0 ? '' : `:${pathText(path)}`}` }],
      },
    ],
  };
}
