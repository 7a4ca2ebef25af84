import { parseArgs } from 'node:util';
import { explanation } from '../lib/audit/explain.ts';
import { RULES } from '../lib/audit/rules.ts';
import { allKeys, keyExplanation } from '../lib/reference/key.ts';
import { nearest } from '../lib/text/nearest.ts';
import { answered, type CommandLine, commonOptions, commonUsage, misused } from './arguments.ts';

const USAGE = `Usage: immich-cdk8s explain <rule or key>

Says what a rule of the audit means, with examples, or what a key of an installation file means:

  immich-cdk8s explain backup-schedule
  immich-cdk8s explain database.cnpg.backup.schedule

${commonUsage}
Exit code: 0; 2 when there is no such rule or key.
`;

const command: CommandLine = { name: 'explain', usage: USAGE, options: commonOptions, mostArguments: 1 };

/** The command: explains a rule, or a key by its full path. Returns the exit code. */
export function explain(args: readonly string[]): number {
  const code = answered(args, command);
  if (code !== undefined) return code;
  const { positionals } = parseArgs({ args: [...args], options: commonOptions, allowPositionals: true });
  const [subject] = positionals;
  if (subject === undefined) return misused('Nothing is named. Write the name of a rule, or a key.', command);
  const keys = allKeys();
  const rule = RULES.find(({ id }) => id === subject);
  const key = keys.find(({ path }) => path === subject);
  if (rule === undefined && key === undefined) return misused(describeUnknown(subject), command);
  if (rule !== undefined) process.stdout.write(explanation(rule));
  if (key !== undefined) process.stdout.write(keyExplanation(key, keys));
  return 0;
}

function describeUnknown(subject: string): string {
  const paths = allKeys().map(({ path }) => path);
  const ends = paths.filter((path) => path.endsWith(`.${subject}`)).slice(0, 5);
  const near = ends.length > 0 ? ends.join(', ') : nearest(subject, [...RULES.map(({ id }) => id), ...paths]);
  const advice =
    near === undefined ? 'List the rules with "immich-cdk8s audit --rules".' : `Did you mean ${near}?`;
  return `There is no rule or key "${subject}". ${advice}`;
}
