import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ImmichMachineLearning, ImmichServer, Valkey, Volume } from 'immich-cdk8s';

const namespace = 'photos';
const version = 'v3.3.1';

/** What this household has around its Immich: nothing of it comes from immich-cdk8s. */
class Surroundings extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
}

class Photos extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { disableResourceNameHashes: true });
    const volume = { storageClass: 'local-path', size: '20Gi' };
    const models = new Volume(this, 'models', { namespace, claim: 'models', volume });
    const valkey = new Valkey(this, 'valkey', { namespace });
    const learning = new ImmichMachineLearning(this, 'learning', {
      namespace,
      version,
      claim: models.claimName,
    });
    const login = (key: string) => ({ secret: 'postgres-photos', key });
    const server = new ImmichServer(this, 'server', {
      namespace,
      version,
      claims: { library: 'photos-of-ten-years' },
      connections: [
        { name: 'DB_HOSTNAME', value: 'postgres.databases.svc' },
        { name: 'DB_USERNAME', from: login('username') },
        { name: 'DB_PASSWORD', from: login('password') },
        ...valkey.environment,
        ...learning.environment,
      ],
      server: { resources: { limits: { memory: '6Gi' } } },
    });
    new ApiObject(this, 'banner', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'banner', namespace },
      data: { text: `Photos are at ${server.host}:${server.port}.` },
    });
  }
}

const app = new App();
new Surroundings(app, 'surroundings');
new Photos(app, 'photos');
app.synth();
