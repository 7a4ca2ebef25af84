import { parseArgs } from 'node:util';
import { explanation } from '../lib/audit/explain.ts';
import { allRules } from '../lib/audit/rules.ts';
import { allKeys, keyExplanation } from '../lib/reference/key.ts';
import { nearest } from '../lib/text/nearest.ts';
import { quote } from '../lib/text/quoting.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import { answers, explainFile } from './explain/file.ts';
import { explainUpgrade } from './explain/upgrade.ts';
import { print } from './terminal.ts';

const usage = `Usage: immich-cdk8s explain <rule or key>
       immich-cdk8s explain traffic <file>
       immich-cdk8s explain rebuild <file>
       immich-cdk8s explain upgrade <file>

Says what a rule of the audit means, with examples, or what a key of an installation file means:

  immich-cdk8s explain backup-schedule
  immich-cdk8s explain database.cnpg.backup.schedule

Or says who talks to whom in an installation, and that network policies refuse the rest:

  immich-cdk8s explain traffic installations/home.yaml

Or how everything comes back when git and the stores of the backups are all that is left, with the one commit for it:

  immich-cdk8s explain rebuild installations/home.yaml

Or says in which commits, with which commands, an installation goes from what is committed to what its file wants:

  immich-cdk8s explain upgrade installations/home.yaml

${commonUsage}
Exit code: 0; 1 when the file has errors, or its upgrade is refused; 2 when there is no such rule, key or file.
`;

const command: CommandLine = { name: 'explain', usage: usage, options: commonOptions, mostArguments: 2 };

/** The command: explains a rule, a key by its full path, or the traffic or the upgrade of a file. Returns the exit code. */
export function explain(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { positionals, values } = parseArgs({
    args: [...args],
    options: commonOptions,
    allowPositionals: true,
  });
  const [subject, file] = positionals;
  if (subject === undefined) {
    return refuseUsage('Nothing is named. Write the name of a rule, or a key.', command);
  }
  const answer = Object.hasOwn(answers, subject) ? answers[subject] : undefined;
  if (answer !== undefined || subject === 'upgrade') {
    if (file === undefined) {
      return refuseUsage(
        'No file is named. Write an installation file, such as installations/home.yaml.',
        command,
      );
    }
    const noColor = values['no-color'];
    return answer === undefined ? explainUpgrade(file, noColor) : explainFile(file, answer, noColor);
  }
  if (file !== undefined) {
    return refuseUsage(`The argument ${quote(file)} is one too many: 1 can be given.`, command);
  }
  const keys = allKeys();
  const rule = allRules.find(({ id }) => id === subject);
  const key = keys.find(({ path }) => path === subject);
  if (rule === undefined && key === undefined) return refuseUsage(describeUnknown(subject), command);
  if (rule !== undefined) print(explanation(rule));
  if (key !== undefined) print(keyExplanation(key, keys));
  return 0;
}

function describeUnknown(subject: string): string {
  const paths = allKeys().map(({ path }) => path);
  const ends = paths.filter((path) => path.endsWith(`.${subject}`)).slice(0, 5);
  const near =
    ends.length > 0 ? ends.join(', ') : nearest(subject, [...allRules.map(({ id }) => id), ...paths]);
  const advice =
    near === undefined ? 'List the rules with "immich-cdk8s audit --rules".' : `Did you mean ${near}?`;
  return `There is no rule or key ${quote(subject)}. ${advice}`;
}
