import { type Cluster, startCluster } from './control-plane/cluster.ts';

describe('dist on a real control plane', () => {
  test('starts', async () => {
    const t = Date.now();
    const log = (m: string) => process.stderr.write(`${m} ${Date.now() - t}\n`);
    const home: Cluster = await startCluster('home', 10, true);
    log('up');
    const revision = await home.flux.publish(
      new Map([
        [
          'dist/cm.yaml',
          JSON.stringify({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'x', namespace: 'default' },
            data: { a: 'b' },
          }),
        ],
      ]),
    );
    await home.flux.point('root', './dist');
    await home.flux.ready('root', revision, 60);
    log('ready');
  });
});
