import { accelerators, deviceOfTag, forbiddenDevices } from '../../immich/accelerators.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Image } from '../../values/image.ts';
import { compareVersions } from '../../values/version.ts';
import type { Gpu } from '../gpu.ts';
import { learningImageOf } from '../images.ts';
import type { Installation } from '../installation.ts';
import { learningPoolsOf } from '../machine-learning.ts';
import type { Server } from '../server.ts';
import { transcoderOf } from '../transcoder.ts';

/** Cards, images and settings that are about the same device. */
export function checkDevices(installation: Installation, at: Place): void {
  const { server, machineLearning, version } = installation;
  checkWorkerGpu(server, at.in('server'));
  for (const { path, pods } of learningPoolsOf(machineLearning)) {
    const image = learningImageOf(version, pods);
    checkDeviceOfImage({ ...pods, image }, at.in(...path, pods.image === undefined ? 'gpu' : 'image'));
  }
  checkTranscoding(installation, at.in('config', 'ffmpeg', 'accel'));
  checkClaims(installation, at);
}

/** The card belongs to the pod that transcodes. */
export function checkWorkerGpu({ gpu, microservices }: Server, at: Place): void {
  if (microservices.separate && gpu !== undefined) {
    at.in('gpu').error(
      'Videos are transcoded by the separate pod for background jobs, and this one would only hold the card. Write microservices: { separate: true, gpu } instead.',
    );
  }
  if (!microservices.separate && microservices.gpu !== undefined) {
    at.in('microservices', 'gpu').error(
      'There is no separate pod for background jobs. Write gpu below server, or separate: true.',
    );
  }
}

/** An image for the card that its pod has. */
export function checkDeviceOfImage(
  {
    image,
    gpu,
    environment,
  }: {
    readonly image: Image;
    readonly gpu: Gpu | undefined;
    readonly environment: { readonly [name: string]: string };
  },
  at: Place,
): void {
  const device = deviceOfTag(image.tag);
  const reason = device === undefined ? undefined : forbiddenDevices.get(device);
  if (reason !== undefined) {
    at.error(
      `${quote(image.text)} is made for a device that it cannot have. ${reason} Write the image without -${device}.`,
    );
  } else if (gpu === undefined) {
    if (device !== undefined && !isGivenByRuntime(device, environment)) {
      const [vendor = 'nvidia'] = Object.entries(accelerators).flatMap(([name, one]) =>
        one.image === device ? [name] : [],
      );
      at.error(
        `${quote(image.text)} is made for a graphics card, and the pod has none. Write gpu: ${vendor}, or the image without -${device}.`,
      );
    }
  } else if (gpu.vendor === undefined) {
    if (device === undefined) {
      at.error(
        `Whose card ${quote(gpu.ask.kind === 'resource' ? gpu.ask.name : gpu.ask.deviceClass)} is cannot be seen, so that the image cannot follow it. Write image with a tag that ends in -cuda, -openvino or -rocm.`,
      );
    }
  } else if (device !== accelerators[gpu.vendor].image) {
    const { name, image: suffix } = accelerators[gpu.vendor];
    at.error(
      `${quote(image.text)} does not use a card of ${name}, which the pod has. Write the image with -${suffix} at the end of its tag, or leave image out.`,
    );
  }
}

/** Where NVIDIA's runtime is the default of the node, a variable is enough. */
function isGivenByRuntime(device: string, environment: { readonly [name: string]: string }): boolean {
  return device === 'cuda' && Object.hasOwn(environment, 'NVIDIA_VISIBLE_DEVICES');
}

function checkTranscoding({ server, configuration }: Installation, at: Place): void {
  if (configuration.kind !== 'written') return;
  const accel = configuration.config.ffmpeg?.accel;
  if (accel === undefined) return;
  const gpu = transcoderOf(server).gpu;
  const reason = forbiddenDevices.get(accel);
  if (reason !== undefined) {
    at.error(`${quote(accel)} cannot be used. ${reason} Write disabled.`);
  } else if (gpu === undefined) {
    const isGiven = accel === 'nvenc' && Object.hasOwn(server.environment, 'NVIDIA_VISIBLE_DEVICES');
    if (accel !== 'disabled' && !isGiven) {
      at.error(
        `${quote(accel)} needs a graphics card, and the pod that transcodes has none. Write server: { ${server.microservices.separate ? 'microservices: { separate: true, gpu: ... }' : 'gpu: ...'} } with nvidia, intel, intel-dra or amd, or accel: disabled.`,
      );
    }
  } else if (accel === 'disabled') {
    at.warning(
      'The pod that transcodes has a graphics card, which "disabled" leaves unused. Remove one of the two.',
    );
  } else if (gpu.vendor !== undefined && !accelerators[gpu.vendor].transcoding.includes(accel)) {
    const { name, transcoding } = accelerators[gpu.vendor];
    at.error(
      `${quote(accel)} cannot use a card of ${name}. Write ${transcoding.join(' or ')}, or leave it out.`,
    );
  }
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */
const firstWithClaims = { text: '1.34', major: 1, minor: 34, patch: 0 };

function checkClaims({ server, machineLearning, kubernetes }: Installation, at: Place): void {
  const places = [
    ...learningPoolsOf(machineLearning).map(({ path, pods }) => ({ path: [...path, 'gpu'], gpu: pods.gpu })),
    { path: ['server', 'gpu'], gpu: server.gpu },
    { path: ['server', 'microservices', 'gpu'], gpu: server.microservices.gpu },
  ];
  const isKnown = kubernetes !== undefined && compareVersions(kubernetes, firstWithClaims) >= 0;
  for (const { path, gpu } of isKnown ? [] : places) {
    if (gpu?.ask.kind === 'claim') {
      at.in(...path).error(
        `"intel-dra" claims the card by resource.k8s.io/v1, which Kubernetes has from ${firstWithClaims.text} on${kubernetes === undefined ? '' : `, and the cluster has ${kubernetes.text}`}. Write kubernetes: ${quote(firstWithClaims.text)}, or what the cluster has, or intel for a device plugin.`,
      );
    }
  }
}
