import type { Installation } from './installation.ts';
import { learningPoolsOf } from './machine-learning.ts';

/** The numeric user and group of the files on a volume, which are those of the pods that write them. */
export function ownerOf(
  { server, machineLearning }: Installation,
  key: string,
): { readonly user: number; readonly group: number } {
  const [learning] = learningPoolsOf(machineLearning);
  return key === 'models' && learning !== undefined ? learning.pods : server;
}
