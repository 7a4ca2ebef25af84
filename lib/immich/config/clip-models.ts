import { nearest } from '../../text/nearest.ts';
import { quote } from '../../text/quoting.ts';
import { compareVersions, type Version } from '../../values/version.ts';
import { release } from '../release.ts';

/** What is wrong with the name of a model for search, and how certain that is. */
export interface ModelProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/**
 * What is wrong with `machineLearning.clip.modelName`; undefined when Immich knows the model. With another name the
 * worker for background jobs ends. The owner in front and colons count for nothing, as in Immich.
 */
export function clipModelProblem(name: string, version: Version): ModelProblem | undefined {
  const plain = name.split('/').at(-1)?.replaceAll(':', '_') ?? '';
  if (models.has(plain)) return undefined;
  const suggestion = nearest(plain, [...models]);
  const advice =
    suggestion === undefined ? 'Write one such as ViT-B-32__openai.' : `Did you mean ${suggestion}?`;
  return compareVersions(version, newest) > 0
    ? {
        severity: 'warning',
        message: `${quote(name)} is not among the models that Immich ${newest.text} knows; whether ${version.text} does is not recorded here, and its background jobs end if not. ${advice}`,
      }
    : {
        severity: 'error',
        message: `${quote(name)} is not a model that Immich ${version.text} knows, and its background jobs would end. ${advice}`,
      };
}

/** The newest Immich whose list was read; it is the same since v2.0.0. */
const newest = release(3, 0, 3);

/** `CLIP_MODEL_INFO` in Immich's server/src/constants.ts. */
const models: ReadonlySet<string> = new Set([
  'LABSE-Vit-L-14',
  'RN101__openai',
  'RN101__yfcc15m',
  'RN50__cc12m',
  'RN50__openai',
  'RN50__yfcc15m',
  'RN50x16__openai',
  'RN50x4__openai',
  'RN50x64__openai',
  'ViT-B-16-SigLIP-256__webli',
  'ViT-B-16-SigLIP-384__webli',
  'ViT-B-16-SigLIP-512__webli',
  'ViT-B-16-SigLIP-i18n-256__webli',
  'ViT-B-16-SigLIP2__webli',
  'ViT-B-16-SigLIP__webli',
  'ViT-B-16-plus-240__laion400m_e31',
  'ViT-B-16-plus-240__laion400m_e32',
  'ViT-B-16__laion400m_e31',
  'ViT-B-16__laion400m_e32',
  'ViT-B-16__openai',
  'ViT-B-32-SigLIP2-256__webli',
  'ViT-B-32__laion2b-s34b-b79k',
  'ViT-B-32__laion2b_e16',
  'ViT-B-32__laion400m_e31',
  'ViT-B-32__laion400m_e32',
  'ViT-B-32__openai',
  'ViT-H-14-378-quickgelu__dfn5b',
  'ViT-H-14-quickgelu__dfn5b',
  'ViT-H-14__laion2b-s32b-b79k',
  'ViT-L-14-336__openai',
  'ViT-L-14-quickgelu__dfn2b',
  'ViT-L-14__laion2b-s32b-b82k',
  'ViT-L-14__laion400m_e31',
  'ViT-L-14__laion400m_e32',
  'ViT-L-14__openai',
  'ViT-L-16-SigLIP-256__webli',
  'ViT-L-16-SigLIP-384__webli',
  'ViT-L-16-SigLIP2-256__webli',
  'ViT-L-16-SigLIP2-384__webli',
  'ViT-L-16-SigLIP2-512__webli',
  'ViT-SO400M-14-SigLIP-384__webli',
  'ViT-SO400M-14-SigLIP2-378__webli',
  'ViT-SO400M-14-SigLIP2__webli',
  'ViT-SO400M-16-SigLIP2-256__webli',
  'ViT-SO400M-16-SigLIP2-384__webli',
  'ViT-SO400M-16-SigLIP2-512__webli',
  'ViT-g-14__laion2b-s12b-b42k',
  'ViT-gopt-16-SigLIP2-256__webli',
  'ViT-gopt-16-SigLIP2-384__webli',
  'XLM-Roberta-Base-ViT-B-32__laion5b_s13b_b90k',
  'XLM-Roberta-Large-ViT-H-14__frozen_laion5b_s13b_b90k',
  'XLM-Roberta-Large-Vit-B-16Plus',
  'XLM-Roberta-Large-Vit-B-32',
  'XLM-Roberta-Large-Vit-L-14',
  'nllb-clip-base-siglip__mrl',
  'nllb-clip-base-siglip__v1',
  'nllb-clip-large-siglip__mrl',
  'nllb-clip-large-siglip__v1',
]);
