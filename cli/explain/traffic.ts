import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { trafficText } from '../../lib/plan/traffic-text.ts';
import { readInstallationFiles, UnreadableInput } from '../synth/installation-files.ts';

/** Says who talks to whom in the installation of a file. Returns the exit code: 1 when the file has errors. */
export function explainTraffic(file: string): number {
  try {
    const [text = ''] = readInstallationFiles('', [file]).values();
    const { installation, problems } = parseInstallation(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (installation === undefined || errors.length > 0) {
      process.stderr.write(`${errors.map(problemText).join('\n')}\n`);
      return 1;
    }
    process.stdout.write(trafficText(planOf(installation)));
    return 0;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
