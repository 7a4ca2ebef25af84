import { microservicesName, serverName } from '../names.ts';
import type { Gpu } from './gpu.ts';
import type { Server } from './server.ts';

/** The Deployment that transcodes videos, and its card. */
export function transcoderOf({ gpu, microservices }: Pick<Server, 'gpu' | 'microservices'>): {
  readonly name: string;
  readonly gpu: Gpu | undefined;
} {
  return microservices.separate
    ? { name: microservicesName, gpu: microservices.gpu }
    : { name: serverName, gpu };
}
