import { parseInstallation } from '../../lib/installation/parse.ts';
import { type Plan, planOf } from '../../lib/plan/plan.ts';
import { trafficJson } from '../../lib/plan/traffic-json.ts';
import { trafficText } from '../../lib/plan/traffic-text.ts';
import { rebuildOf } from '../../lib/runbook/runbook.ts';
import type { Style } from '../../lib/text/style.ts';
import { errorText } from '../problem-lines.ts';
import { readInstallationFiles, UnreadableInput } from '../synth/installation-files.ts';
import { print, printError, printShown } from '../terminal.ts';
import { type AnswerFormat, jsonAnswer } from './format.ts';

/** What can be said of the installation of a file. */
interface FileAnswer {
  readonly text: (plan: Plan, file: string, style: Style) => string;
  readonly json: (plan: Plan, file: string) => object;
}

/** What can be said of the installation of a file, by the word that asks for it. */
export const answers: { readonly [subject: string]: FileAnswer } = {
  rebuild: {
    text: rebuildOf,
    json: (plan, file) => ({
      kind: 'rebuild',
      installation: plan.installation.name,
      markdown: rebuildOf(plan, file),
    }),
  },
  traffic: { text: (plan, _, style) => trafficText(plan, style), json: trafficJson },
};

/** Says something of the installation of a file. Returns the exit code: 1 when the file has errors. */
export function explainFile(file: string, answer: FileAnswer, format: AnswerFormat): number {
  try {
    const [text = ''] = readInstallationFiles('', [file]).values();
    const { installation, problems } = parseInstallation(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (installation === undefined || errors.length > 0) {
      printError(`${errorText(errors, format.noColor)}\n`);
      return 1;
    }
    const plan = planOf(installation);
    if (format.isJson) printShown(jsonAnswer(answer.json(plan, file)));
    else print(answer.text(plan, file, format.style));
    return 0;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    printError(`${error.message}\n`);
    return 2;
  }
}
