import { explanation } from '../../lib/audit/explain.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { rulePage } from '../../lib/reference/rule-page.ts';
import { plain } from '../../lib/text/style.ts';

const [limited] = allRules.filter(({ limits }) => limits !== undefined);
const [unlimited] = allRules.filter(({ limits }) => limits === undefined);

test('what a rule cannot see is told in the terminal and on its page', () => {
  if (limited?.limits === undefined || unlimited === undefined) throw new Error('There are no such rules.');
  expect(explanation(limited, plain)).toContain(`\nKnown limits: ${limited.limits}\n`);
  expect(rulePage(limited)).toContain(`## Known limits\n\n${limited.limits}\n\n`);
  expect(explanation(unlimited, plain)).not.toContain('Known limits');
  expect(rulePage(unlimited)).toContain('## Known limits\n\nA rule speaks only when it knows.');
});
