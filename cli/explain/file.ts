import { parseInstallation } from '../../lib/installation/parse.ts';
import { type Plan, planOf } from '../../lib/plan/plan.ts';
import { trafficText } from '../../lib/plan/traffic-text.ts';
import { rebuildOf } from '../../lib/runbook/runbook.ts';
import { errorText } from '../problem-lines.ts';
import { readInstallationFiles, UnreadableInput } from '../synth/installation-files.ts';
import { print, printError } from '../terminal.ts';

/** What can be said of the installation of a file, by the word that asks for it. */
export const answers: { readonly [subject: string]: (plan: Plan, file: string) => string } = {
  rebuild: rebuildOf,
  traffic: trafficText,
};

/** Says something of the installation of a file. Returns the exit code: 1 when the file has errors. */
export function explainFile(
  file: string,
  answer: (plan: Plan, file: string) => string,
  noColor: boolean,
): number {
  try {
    const [text = ''] = readInstallationFiles('', [file]).values();
    const { installation, problems } = parseInstallation(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (installation === undefined || errors.length > 0) {
      printError(`${errorText(errors, noColor)}\n`);
      return 1;
    }
    print(answer(planOf(installation), file));
    return 0;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    printError(`${error.message}\n`);
    return 2;
  }
}
