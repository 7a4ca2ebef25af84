import { parse } from 'yaml';
import { checkovConfiguration, checkovExcuses } from '../../lib/reference/checkov.ts';

describe('the configuration of checkov', () => {
  test('skips each excused check once, and nothing else', () => {
    const checks = checkovExcuses.map(({ check }) => check);
    expect(new Set(checks).size).toBe(checks.length);
    expect(parse(checkovConfiguration())).toEqual({ 'skip-check': checks });
  });

  test('says the reason above each check', () => {
    for (const { check, reason } of checkovExcuses) {
      expect(checkovConfiguration()).toContain(`  # ${reason}\n  - ${check}\n`);
    }
  });

  test('has only sentences that fit on a line of their own', () => {
    for (const { reason } of checkovExcuses) expect(reason).toMatch(/^[A-Z][^\n]{10,110}\.$/);
  });
});
