import type { Gpu } from '../installation/gpu.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import { transcoderOf } from '../installation/transcoder.ts';
import { microservicesName, serverName, valkeyName } from '../names.ts';
import type { Plan } from '../plan/plan.ts';
import { databaseFrame, immichFrame } from './frames.ts';
import type { PictureNode } from './picture.ts';

/** A program of the installation by the name of its pods: what it does, by which graphics card, and how many there are. */
export function programNode(plan: Plan, name: string): PictureNode {
  const { database } = plan.installation;
  if (database.kind === 'cnpg' && name === database.cnpg.name) {
    const { instances } = database.cnpg;
    const details = [`PostgreSQL, ${instances === 1 ? 'one instance' : `${instances} instances`}`];
    return { name, shape: 'data', details, frame: databaseFrame(plan) };
  }
  return { name, shape: 'program', details: detailsOf(plan, name), frame: immichFrame(plan) };
}

function detailsOf({ installation }: Plan, name: string): string[] {
  const { version, server, machineLearning, stopped } = installation;
  const transcoder = transcoderOf(server);
  const pool = learningPoolsOf(machineLearning).find((one) => one.name === name);
  const replicas = name === serverName ? server.replicas : (pool?.pods.replicas ?? 1);
  return [
    ...(pool === undefined ? taskOf(name, version.text) : ['search, faces, text']),
    ...(name === transcoder.name ? cardOf(transcoder.gpu, 'videos by') : []),
    ...cardOf(pool?.pods.gpu, 'by'),
    ...(stopped ? ['stopped: no pods'] : replicas === 1 ? [] : [`${replicas} pods`]),
  ];
}

function taskOf(name: string, version: string): string[] {
  const tasks: { readonly [program: string]: string } = {
    [serverName]: `Immich ${version}`,
    [microservicesName]: 'background jobs',
    [valkeyName]: 'queues of the jobs',
  };
  const task = tasks[name];
  return task === undefined ? [] : [task];
}

/** A graphics card, by the name that a pod asks for it. */
function cardOf(gpu: Gpu | undefined, how: string): string[] {
  if (gpu === undefined) return [];
  const { ask } = gpu;
  return [`${how} ${ask.kind === 'resource' ? ask.name : `a device of ${ask.deviceClass}`}`];
}
