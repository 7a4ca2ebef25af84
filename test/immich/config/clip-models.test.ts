import { clipModelProblem } from '../../../lib/immich/config/clip-models.ts';
import { release } from '../../../lib/immich/release.ts';

test.each([
  'ViT-B-32__openai',
  'immich-app/ViT-B-32__openai',
  'ViT-B-32::openai',
  'nllb-clip-large-siglip__v1',
])('%s is known', (name) => {
  expect(clipModelProblem(name, release(2, 5, 0))).toBeUndefined();
});

test('another one is an error where the list is known, and a warning where it is not', () => {
  expect(clipModelProblem('ViT-B-32_openai', release(2, 5, 0))).toEqual({
    severity: 'error',
    message:
      '"ViT-B-32_openai" is not a model that Immich v2.5.0 knows, and its background jobs would end. Did you mean ViT-B-32__openai?',
  });
  expect(clipModelProblem('a-model-of-tomorrow', release(9, 0, 0))?.severity).toBe('warning');
});
