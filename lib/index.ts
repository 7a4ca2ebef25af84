/** What other programs can import: functions of data, which touch no file and no terminal. */
export { audit } from './audit/audit.ts';
export type { Finding } from './audit/finding.ts';
export type { Rule } from './audit/rule.ts';
export { RULES } from './audit/rules.ts';
export type { Installation } from './installation/installation.ts';
export { type FileProblem, type ParsedFile, parseInstallation } from './installation/parse.ts';
export { Inventory } from './manifests/inventory.ts';
export type { Manifest } from './manifests/manifest.ts';
export { readManifests } from './repository/manifest-document.ts';
export { type Synthesis, synthesize } from './synthesis/synthesis.ts';
