import { blocksOf } from '../../test/runbook/procedures.ts';

/** The chapters of a runbook that say what to do when something does not work, and what a person does once. */
export const chaptersOfTrouble: readonly string[] = [
  'Something does not work',
  'Once, after the first start',
  'Uploads fail',
  'The mobile app does not connect',
  'Machine learning does not work',
  'Search finds nothing',
  'A page is slow',
  'The database cannot be reached',
  'A volume is nearly full',
  'The certificate is old',
  'A layer of Flux is not ready',
  'Logs',
  'Storage and resources',
  'Scaling',
];

/** Every command of a chapter as it is printed, those between the words of a sentence too. */
export function commandsOf(runbook: string, chapter: string): readonly string[] {
  const blocks = blocksOf(runbook, chapter).flatMap(({ text }) => text.split('\n'));
  const [, text = ''] = runbook.split(`\n## ${chapter}\n`);
  const [own = ''] = text.split('\n## ');
  const inSentences = [...own.matchAll(/`((?:kubectl|npx|flux|curl) [^`\s]+ [^`\n]+)`/g)].map(
    ([, command = '']) => command,
  );
  return [...blocks, ...inSentences].filter((line) => line.trim() !== '');
}

/** The commands that cannot run on the control plane, and why. */
const elsewhere: readonly { readonly command: RegExp; readonly why: string }[] = [
  { command: /^kubectl (exec|logs) /, why: 'there is no container behind the pods that kwok plays' },
  { command: /^kubectl top /, why: 'metrics come from kubelets, and there is none' },
  { command: /^(curl|openssl) /, why: 'nobody answers at the host of the installation' },
  { command: /^flux /, why: "Flux's own program is not built here; the command of kubectl beside it is run" },
  {
    command: /^npx immich-cdk8s review$/,
    why: 'it compares with a branch that is to be merged, and there is none',
  },
];

/** Why a command cannot run here; undefined where it can. */
export function reasonNotToRun(command: string): string | undefined {
  return elsewhere.find((one) => one.command.test(command))?.why;
}
