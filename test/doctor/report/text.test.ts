import type { Examination } from '../../../lib/doctor/doctor.ts';
import { type Finding, sayError, sayWarning, sayWell } from '../../../lib/doctor/finding.ts';
import { textReport } from '../../../lib/doctor/report/text.ts';
import { plain } from '../../../lib/text/style.ts';

function textOf(...findings: Finding[]): string {
  const examination: Examination = {
    ...{ installation: 'home', cluster: 'home', isApplied: true },
    groups: [{ id: 'objects', title: 'Objects', findings }],
  };
  return textReport([examination], plain, false);
}

test('what the same command mends is told together, with the command once', () => {
  const text = textOf(
    sayError('a is missing.', 'apply one'),
    sayError('b is missing.', 'apply two'),
    sayError('c is missing.', 'apply one'),
    sayError('d is missing.', 'apply one', 'look at d'),
    sayWarning('e differs.', 'apply two'),
    sayError('f has no command.'),
    sayWell('g is well.'),
  );
  expect(text).toBe(`home in the cluster home

Objects
  error    a is missing.
  error    c is missing.
           mend: apply one
  error    b is missing.
           mend: apply two
  error    d is missing.
           mend: look at d
  warning  e differs.
           mend: as above
  error    f has no command.
  well     g is well.

5 errors, 1 warning, 1 well.
`);
});
