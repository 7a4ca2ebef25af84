import { container, learning, pod, server, testMutations, variable } from '../../mutations.ts';

testMutations([
  {
    what: 'root',
    base: 'home',
    rules: ['pod-security', 'runs-as-root'],
    mutate: (m) => {
      pod(m, server).securityContext.runAsUser = 0;
    },
  },
  {
    what: 'privileges to gain',
    base: 'home',
    rules: ['may-escalate', 'pod-security'],
    mutate: (m) => (container(m, server).securityContext.allowPrivilegeEscalation = true),
  },
  {
    what: 'capabilities kept',
    base: 'home',
    rules: ['pod-security'],
    mutate: (m) => delete container(m, server).securityContext.capabilities,
  },
  {
    what: 'a rolling update on a volume of one node',
    base: 'home',
    rules: ['rolling-update-on-single-node-volume'],
    mutate: (m) => (m.at(server).spec.strategy = { type: 'RollingUpdate' }),
  },
  {
    what: 'a cache where nothing can be written',
    base: 'home',
    rules: ['unwritable-path'],
    mutate: (m) => (variable(m, learning, 'HF_HOME').value = '/models'),
  },
  {
    what: 'NFS in the pod',
    base: 'home',
    rules: ['inline-nfs'],
    mutate: (m) => {
      const volume = pod(m, server).volumes[1];
      delete volume.persistentVolumeClaim;
      volume.nfs = { server: 'nas.example.net', path: '/photos' };
    },
  },
]);
