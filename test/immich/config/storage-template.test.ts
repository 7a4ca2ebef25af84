import { storageTemplateProblem } from '../../../lib/immich/config/storage-template.ts';
import { release } from '../../../lib/immich/release.ts';

const problem = (template: string) => storageTemplateProblem(template, release(3, 0, 0));

test.each([
  '{{y}}/{{y}}-{{MM}}-{{dd}}/{{filename}}',
  '{{y}}/{{#if album}}{{album}}{{else}}Other/{{MM}}{{/if}}/{{filename}}',
  '{{#if album}}{{album-startDate-y}}/{{album}}{{else}}{{y}}/Other/{{MM}}{{/if}}/{{filename}}',
  '{{make}}/{{model}}/{{lensModel}}/{{filename}}',
  '{{~y~}}/{{{album}}}/{{! a comment }}{{assetIdShort}}',
  '{{#if album}}a{{else if make}}b{{else}}c{{/if}}{{#unless model}}d{{/unless}}',
  '{{lookup this "y"}}/plain',
])('%s is fine', (template) => {
  expect(problem(template)).toBeUndefined();
});

test.each([
  ['{{y}}/{{filname}}', 'has {{filname}}, which Immich does not know. Did you mean {{filename}}?'],
  ['{{year}}', 'has {{year}}'],
  ['{{#if albun}}x{{/if}}', 'has {{albun}}'],
  ['{{y}}/{{filename', 'has "{{" without its "}}"'],
  ['{{y}/{{filename}}', 'has "{{" without its "}}"'],
  ['{{}}', 'has an empty {{}}'],
  ['{{#if album}}{{album}}/{{filename}}', 'opens {{#if}} and does not close it'],
  ['{{album}}{{/if}}', 'closes {{/if}}, but no block is open.'],
  ['{{#if album}}x{{/unless}}', 'closes {{/unless}}, but {{#if}} is open.'],
  ['{{else}}', 'has {{else}} outside of a block'],
])('%s is told', (template, message) => {
  expect(problem(template)).toEqual({ severity: 'error', message: expect.stringContaining(message) });
});

test('cameras are known from v2.5.0 on', () => {
  expect(storageTemplateProblem('{{make}}', release(2, 4, 1))?.message).toContain('v2.5.0 is the first to');
  expect(storageTemplateProblem('{{make}}', release(2, 5, 0))).toBeUndefined();
});

test('an unknown name is a warning where the names are not recorded', () => {
  expect(storageTemplateProblem('{{moon}}', release(3, 3, 1))?.severity).toBe('warning');
  expect(storageTemplateProblem('{{y', release(3, 3, 1))?.severity).toBe('error');
});
