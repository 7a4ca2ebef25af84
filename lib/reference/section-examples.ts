/** Something that people have, and how a file says it. */
export interface SectionExample {
  /** What it is, as a heading says it. */
  readonly what: string;
  /** Top-level keys of an installation file, which may take the place of those that are there. */
  readonly yaml: string;
}

/** Examples by the top-level key that they are about. A test reads each of them in a whole file. */
export const sectionExamples: ReadonlyMap<string, readonly SectionExample[]> = new Map([
  [
    'server',
    [
      {
        what: 'On nodes of its own, with a proxy whose address is a secret',
        yaml: `server:
  nodeSelector: { node-role.kubernetes.io/media: "true" }
  tolerations: [{ key: media, operator: Exists, effect: NoSchedule }]
  priorityClass: household
  imagePullSecrets: [registry]
  labels: { example.com/team: photos }
  annotations: { reloader.stakater.com/auto: "true" }
  environmentFrom: { HTTPS_PROXY: { secret: proxy, key: url } }
  volumes:
    import: { existingClaim: camera-import, accessMode: ReadWriteMany, path: /mnt/import }
  microservices:
    separate: false
`,
      },
      {
        what: 'Reached by a load balancer of the house too',
        yaml: `server:
  service: { type: LoadBalancer, annotations: { lbipam.cilium.io/ips: 192.168.1.40 } }
network:
  clients: [{ from: { cidr: 192.168.1.0/24 }, why: the house }]
`,
      },
    ],
  ],
  [
    'machineLearning',
    [
      {
        what: 'On the graphics card, and on the processors where that node is away',
        yaml: `machineLearning:
  pools:
    - { name: gpu, gpu: nvidia }
    - { name: cpu, replicas: 2 }
volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }
  models: { nfs: { server: nas.example.net, path: /export/models }, size: 20Gi }
`,
      },
      {
        what: 'On the desktop of the house; then there is no volume of models',
        yaml: `machineLearning: { remote: ["http://192.168.1.20:3003"] }
volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }
`,
      },
      {
        what: 'Near no other heavy pod, on a node with room',
        yaml: `machineLearning:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 50
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            namespaces: [media]
            labelSelector: { matchLabels: { app.kubernetes.io/name: jellyfin } }
`,
      },
    ],
  ],
  [
    'volumes',
    [
      {
        what: 'Photos that stand elsewhere, by NFS and by SMB',
        yaml: `volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: { volsync: {} } }
  models: { storageClass: longhorn, size: 20Gi }
  externalLibraries:
    family: { nfs: { server: nas.example.net, path: /export/photos }, path: /mnt/family }
    scans: { smb: { server: nas.example.net, share: scans, secret: nas-login }, path: /mnt/scans }
`,
      },
    ],
  ],
  [
    'config',
    [
      {
        what: 'Login through a provider and mail, with their secrets in Secrets',
        yaml: `config:
  oauth:
    enabled: true
    issuerUrl: https://auth.example.com
    clientId: immich
    clientSecret: { secret: immich-oauth, key: client-secret }
  notifications:
    smtp:
      enabled: true
      from: Immich <photos@example.com>
      transport: { host: mail.example.com, username: immich, password: { secret: immich-mail, key: password } }
`,
      },
    ],
  ],
  [
    'secrets',
    [
      {
        what: 'External Secrets, with two entries that have names of their own',
        yaml: `secrets:
  externalSecrets:
    store: { name: onepassword }
    keys: { immich-backup: garage, immich-backup-read: garage-read }
`,
      },
      {
        what: 'Encrypted with SOPS in git, for a key of age whose private half is in the Secret sops-age of Flux',
        yaml: `secrets:
  sops:
    folder: ./secrets
    age: age1helqcqsh9464r8chnwc2fzj8uv7vr5ntnsft0tn45v2xtz0hpfwq98cmsg
`,
      },
    ],
  ],
  [
    'patches',
    [
      {
        what: 'A field of a pod, and an annotation of a Service, for which there are no keys',
        yaml: `patches:
  - target: { kind: Deployment, name: immich-server }
    patch: [{ op: add, path: /spec/template/spec/dnsConfig, value: { options: [{ name: ndots, value: "1" }] } }]
  - target: { kind: Service, name: immich-server }
    patch: { spec: { internalTrafficPolicy: Local } }
`,
      },
      {
        what: 'What a patch refers to, and others make',
        yaml: `exists: [ConfigMap/immich-tuning, Secret/immich-backup]
patches:
  - target: { kind: Deployment, name: immich-server }
    patch:
      - { op: add, path: /spec/template/spec/containers/0/envFrom, value: [{ configMapRef: { name: immich-tuning } }] }
`,
      },
    ],
  ],
  [
    'valkey',
    [
      {
        what: 'A Dragonfly or Redis that is there already',
        yaml: `valkey:
  external:
    host: dragonfly.databases.svc.cluster.local # started with --default_lua_flags=allow-undeclared-keys
    database: 3
    password: { secret: dragonfly, key: password }
`,
      },
      {
        what: 'TLS or Sentinel',
        yaml: `# The key holds ioredis:// and the base64 of, for example, {"host":"redis.example.net","port":6380,"tls":{}}
valkey: { external: { url: { secret: redis, key: url } } }
network:
  egress: [{ from: server, to: { cidr: 192.168.1.9/32 }, ports: [6380], why: Redis with TLS }]
`,
      },
    ],
  ],
  [
    'database',
    [
      {
        what: 'PostgreSQL 18 without VectorChord in its image, which is mounted as an image of its own. The nodes need containerd 2.1 or CRI-O 1.31, and the images the same distribution',
        yaml: `kubernetes: "1.35"
database:
  cnpg:
    image: ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm
    vectorchord: { image: ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1 }
    storage: { storageClass: longhorn, size: 20Gi }
    parameters: { max_slot_wal_keep_size: 5GB }
    backup:
      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }
`,
      },
      {
        what: 'In a Cluster of CloudNativePG that others own; RUNBOOK.md says what it must have for that',
        yaml: `database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1 # what their Cluster runs
    existing:
      cluster: shared
      namespace: databases
      store: { s3: { bucket: backups-of-shared, endpoint: https://s3.example.com, credentials: theirs } }
      storage: { storageClass: longhorn, size: 50Gi }
`,
      },
    ],
  ],
  [
    'flux',
    [
      {
        what: 'As an application of onedr0p/cluster-template in kubernetes/apps/media, whose kustomization.yaml has `namespace: media` and gets `./home` among its resources. `synth installations/home.yaml --output kubernetes/apps/media` writes the folder home there, and leaves all else alone. With `files: layer` the installation `home` of this repository is 12 files there, and less than 1,200 lines of YAML, a third of which is the restore drill',
        yaml: `flux:
  layout: cluster-template
  path: ./kubernetes/apps/media
  namespace: media
files: layer
`,
      },
    ],
  ],
  [
    'argocd',
    [
      {
        what: 'Argo CD in the place of Flux; RUNBOOK.md says what it has to be told once',
        yaml: `deliver: argocd
argocd:
  repository: https://git.example.com/home/cluster.git
  revision: main
`,
      },
    ],
  ],
]);
