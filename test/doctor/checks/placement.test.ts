import { placement } from '../../../lib/doctor/checks/placement.ts';
import { home } from '../../installation/example.ts';
import { found, subjectOf } from '../living.ts';
import { others } from '../others.ts';

const smb = { '/apis/storage.k8s.io/v1/csidrivers/smb.csi.k8s.io': {} };
const nvidia = { '/apis/node.k8s.io/v1/runtimeclasses/nvidia': {} };
interface Node {
  readonly labels?: { [name: string]: string };
  readonly allocatable?: { [name: string]: string };
}

const nodes = (...items: Node[]) => ({
  '/api/v1/nodes': {
    items: items.map(({ labels = {}, allocatable = {} }) => ({
      metadata: { labels },
      status: { allocatable },
    })),
  },
});

test('a card that no node offers, its RuntimeClass, and the driver of SMB', async () => {
  expect(
    await found(placement, { paths: nodes({ allocatable: { 'nvidia.com/gpu': '0' } }) }, subjectOf(others)),
  ).toEqual([
    'error: There is no CSIDriver smb.csi.k8s.io, which PersistentVolume others-immich-external-nas asks for.',
    '  kubectl get csidrivers.storage.k8s.io',
    '  Install it; that of SMB: https://github.com/kubernetes-csi/csi-driver-smb',
    'error: There is no RuntimeClass nvidia, which Deployment immich-machine-learning asks for.',
    '  kubectl get runtimeclasses.node.k8s.io',
    '  Make it, as the operator of the card does: https://kubernetes.io/docs/concepts/containers/runtime-class/ Where the node needs none, write gpu: { resource: ... } without runtimeClass.',
    'error: No node offers nvidia.com/gpu, which Deployment immich-machine-learning asks for: its pods would wait without end.',
    '  kubectl get nodes --output custom-columns=NAME:.metadata.name,OFFERS:.status.allocatable',
    '  Install the device plugin of the card: https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  ]);
  const paths = { ...smb, ...nvidia, ...nodes({}, { allocatable: { 'nvidia.com/gpu': '2' } }) };
  const told = await found(placement, { paths }, subjectOf(others));
  expect(told.filter((line) => !line.startsWith('well: '))).toEqual([]);
  expect(told).toContain('well: A node has nvidia.com/gpu, for Deployment immich-machine-learning.');
});

test('the card must be on a node with the labels', async () => {
  const text = others.replace(
    'gpu: nvidia',
    'gpu: { resource: gpu.intel.com/xe, nodeSelector: { gpu: arc } }',
  );
  const offers = { 'gpu.intel.com/xe': '1' };
  const first = async (...items: Node[]) =>
    (await found(placement, { paths: { ...smb, ...nodes(...items) } }, subjectOf(text)))[1];
  expect(await first({ allocatable: offers })).toBe(
    'error: No node has the labels gpu=arc, which Deployment immich-machine-learning asks for.',
  );
  expect(await first({ allocatable: offers }, { labels: { gpu: 'arc' } })).toBe(
    'error: No node with gpu=arc offers gpu.intel.com/xe, which Deployment immich-machine-learning asks for: its pods would wait without end.',
  );
  expect(await first({ labels: { gpu: 'arc' }, allocatable: offers })).toBe(
    'well: A node has gpu=arc and gpu.intel.com/xe, for Deployment immich-machine-learning.',
  );
});

test('each pool of machine learning is looked at for itself', async () => {
  const text = others
    .replace(
      '{ gpu: nvidia }',
      '{ pools: [{ name: gpu, gpu: nvidia }, { name: old, gpu: amd }, { name: cpu }] }',
    )
    .replace('models: { ', 'models: { accessMode: ReadWriteMany, ');
  const paths = { ...smb, ...nvidia, ...nodes({ allocatable: { 'nvidia.com/gpu': '1' } }) };
  const told = await found(placement, { paths }, subjectOf(text));
  expect(told.filter((line) => line.startsWith('error: '))).toEqual([
    'error: No node offers amd.com/gpu, which Deployment immich-machine-learning-old asks for: its pods would wait without end.',
  ]);
});

test('a class of devices, and a class of priority', async () => {
  const text = `kubernetes: "1.34"\n${others.replace('{ gpu: nvidia }', '{ gpu: intel-dra, priorityClass: photos }')}`;
  const told = await found(placement, { paths: smb }, subjectOf(text));
  expect(told.filter((line) => line.startsWith('error: '))).toEqual([
    'error: There is no PriorityClass photos, which Deployment immich-machine-learning asks for.',
    'error: There is no DeviceClass gpu.intel.com, which ResourceClaimTemplate immich-machine-learning asks for.',
  ]);
});

test('nothing is asked for pods that may run anywhere', async () => {
  expect(await found(placement, { paths: { '/api/v1/nodes': 'forbidden' } }, subjectOf(home))).toEqual([]);
});
