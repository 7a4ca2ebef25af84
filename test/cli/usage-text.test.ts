import { usageText } from '../../cli/usage-text.ts';

const usage = `Usage: immich-cdk8s try [options]
       immich-cdk8s try <file>

One sentence that is broken
where nobody wanted it. Another one.

  immich-cdk8s try installations/home.yaml --with much

  --base <ref>     the branch that the change
                   goes into
  --fail-on <refused|steps|restarting|never>
                   from which grade on
  --quiet          print less

Exit code: 0.
`;

test('prose is one paragraph, commands stay as they are, and what options mean stands in one column', () => {
  expect(usageText(usage, 50)).toBe(`Usage: immich-cdk8s try [options]
       immich-cdk8s try <file>

One sentence that is broken where nobody wanted
it. Another one.

  immich-cdk8s try installations/home.yaml --with much

  --base <ref>  the branch that the change goes
                into
  --fail-on <refused|steps|restarting|never>
                from which grade on
  --quiet       print less

Exit code: 0.
`);
});

test('where nobody says how wide the screen is, lines end at 100 columns', () => {
  const text = usageText(`${'word '.repeat(50)}\n`, Number.POSITIVE_INFINITY);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(text.split('\n').length).toBeGreaterThan(2);
});
