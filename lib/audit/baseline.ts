import { type Shown, showJson } from '../text/shown.ts';
import { type Finding, type Severity, severities } from './finding.ts';
import { fingerprintsOf } from './fingerprint.ts';

/** Findings that somebody knows of already: how grave each was, by its fingerprint. */
export type KnownFindings = ReadonlyMap<string, Severity>;

/** What somebody who has seen these findings knows. */
export function knownFrom(findings: readonly Finding[]): KnownFindings {
  return new Map([...fingerprintsOf(findings)].map(([{ severity }, fingerprint]) => [fingerprint, severity]));
}

/** The findings that are not known, or were less grave. */
export function newAmong(findings: readonly Finding[], known: KnownFindings): Finding[] {
  const fingerprints = fingerprintsOf(findings);
  return findings.filter((finding) => {
    const was = known.get(fingerprints.get(finding) ?? '');
    return was === undefined || severities.indexOf(finding.severity) < severities.indexOf(was);
  });
}

/** The known findings that are gone, among those of the rules that were asked. */
export function goneOf(
  known: KnownFindings,
  findings: readonly Finding[],
  rules: ReadonlySet<string>,
): string[] {
  const now = new Set(fingerprintsOf(findings).values());
  return [...known.keys()].filter(
    (fingerprint) => !now.has(fingerprint) && rules.has(fingerprint.slice(0, fingerprint.indexOf(':'))),
  );
}

/** Findings as a file that they are known by from then on, as `schema/audit-baseline.json` describes it. */
export function baselineText(findings: readonly Finding[]): Shown {
  const known = [...fingerprintsOf(findings)].map(([{ severity, message }, fingerprint]) => ({
    fingerprint,
    severity,
    message,
  }));
  return showJson({ version: 1, findings: known });
}

/** Reads such a file; otherwise a sentence that says what is wrong with it. */
export function readBaseline(text: string): KnownFindings | string {
  const data = parseJson(text);
  if (typeof data !== 'object' || data === null) return 'is no JSON object.';
  const { version, findings }: { readonly version?: unknown; readonly findings?: unknown } = data;
  if (version !== 1) {
    return `has the version ${JSON.stringify(version) ?? 'undefined'}, and only 1 is known.`;
  }
  if (!Array.isArray(findings)) return 'has no list "findings".';
  const known = findings.flatMap((one: unknown): [string, Severity][] => {
    if (typeof one !== 'object' || one === null) return [];
    const { fingerprint, severity }: { readonly fingerprint?: unknown; readonly severity?: unknown } = one;
    const was = severities.find((name) => name === severity);
    return typeof fingerprint === 'string' && was !== undefined ? [[fingerprint, was]] : [];
  });
  return known.length === findings.length
    ? new Map(known)
    : 'has a finding without "fingerprint" or without a "severity" that is known.';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
