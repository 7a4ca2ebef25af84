/** A mistake in one of the files that ship, what is told of it, and the same place without a mistake. */
export interface Mistake {
  readonly what: string;
  readonly base: 'home' | 'k3s' | 'tachtit';
  /** The text that is replaced. */
  readonly from: string;
  readonly wrong: string;
  readonly right: string;
  /** As `line:column: key: message`. */
  readonly told: readonly string[];
  /** The keys without whose values nobody can see it. */
  readonly needs?: string;
}

/** Every error that an installation file can have, at least once. */
export const mistakes: readonly Mistake[] = [
  {
    what: 'an unknown key',
    base: 'home',
    from: 'route:',
    wrong: 'rout:',
    right: 'route:',
    told: ['14:1: rout: "rout" is not a known key. Did you mean "route"?'],
  },
  {
    what: 'a cluster that does not know how data is guarded',
    base: 'home',
    from: 'route:',
    wrong: 'kubernetes: "1.29"\nroute:',
    right: 'kubernetes: "1.29"\nprotection: { admission: false }\nroute:',
    told: [
      '14:13: kubernetes: "1.29" has no ValidatingAdmissionPolicy, by which data is guarded against deletion: Kubernetes has it from 1.30 on, and Flux would fail to apply it. Upgrade the cluster, or write protection: { admission: false }.',
    ],
  },
  {
    what: 'a runbook that is no page',
    base: 'home',
    from: 'route:',
    wrong: 'monitoring: { runbook: dist/home/RUNBOOK.md }\nroute:',
    right: 'monitoring: { runbook: "https://git.example.com/me/home/RUNBOOK.md" }\nroute:',
    told: [
      '14:24: monitoring.runbook: "dist/home/RUNBOOK.md" is not the address of a page. Write it as https://github.com/you/home/blob/main/dist/home/RUNBOOK.md.',
    ],
  },
  {
    what: 'a Valkey of others and one of our own',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { external: { host: redis.example.net }, password: { secret: a, key: b } }\nroute:',
    right: 'valkey: { external: { host: redis.example.net, password: { secret: a, key: b } } }\nroute:',
    told: ['14:50: valkey.password: "external" and "password" exclude each other. Keep one of them.'],
  },
  {
    what: 'a Valkey of others twice',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { external: { host: redis.example.net, url: { secret: a, key: b } } }\nroute:',
    right: 'valkey: { external: { host: redis.example.net } }\nroute:',
    told: ['14:48: valkey.external.url: "host" and "url" exclude each other. Keep one of them.'],
  },
  {
    what: 'a user of Valkey that cannot log in',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { external: { host: redis.example.net, username: immich } }\nroute:',
    right: 'valkey: { external: { host: redis.example.net } }\nroute:',
    told: [
      '14:58: valkey.external.username: A username without a password cannot log in. Write password: { secret, key } beside it, or remove it.',
    ],
  },
  {
    what: 'a Valkey that nobody knows the address of, behind policies',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { external: { url: { secret: redis, key: url } } }\nroute:',
    right:
      'valkey: { external: { url: { secret: redis, key: url } } }\nnetwork: { egress: [{ from: server, to: { namespace: redis }, ports: [6379], why: jobs }] }\nroute:',
    told: [
      '14:28: valkey.external.url: Where the address in the Secret "redis" leads is not known here, and network policies keep Immich from it. Write network: { egress: [{ from: server, to: { namespace: valkey }, ports: [6379], why: "Valkey" }] }, or its { cidr }, with the port that it listens on.',
    ],
  },
  {
    what: 'a label by which pods are selected',
    base: 'home',
    from: 'route:',
    wrong: 'server: { labels: { app.kubernetes.io/name: mine } }\nroute:',
    right: 'server: { labels: { example.com/name: mine } }\nroute:',
    told: [
      '14:21: server.labels["app.kubernetes.io/name"]: "app.kubernetes.io/name" is set already: selectors and network policies find the pods by it. Write a label of another name.',
    ],
  },
  {
    what: 'an annotation of Flux',
    base: 'home',
    from: 'route:',
    wrong: 'server: { annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }\nroute:',
    right: 'server: { annotations: { example.com/prune: disabled } }\nroute:',
    told: [
      '14:26: server.annotations["kustomize.toolkit.fluxcd.io/prune"]: "kustomize.toolkit.fluxcd.io/prune" is for programs that write it themselves. Remove it.',
    ],
  },
  {
    what: 'a variable that is set twice',
    base: 'home',
    from: 'route:',
    wrong:
      'server: { environment: { IMMICH_LOG_LEVEL: log }, environmentFrom: { IMMICH_LOG_LEVEL: { secret: a, key: b } } }\nroute:',
    right:
      'server: { environment: { IMMICH_LOG_LEVEL: log }, environmentFrom: { HTTPS_PROXY: { secret: a, key: b } } }\nroute:',
    told: [
      '14:88: server.environmentFrom.IMMICH_LOG_LEVEL: "IMMICH_LOG_LEVEL" is set already, by environment. Remove it here.',
    ],
    needs: 'version',
  },
  {
    what: 'a password of the database besides',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environmentFrom: { DB_PASSWORD: { secret: a, key: b } } }\nroute:',
    right: 'server: { environmentFrom: { HTTPS_PROXY: { secret: a, key: b } } }\nroute:',
    told: [
      '14:43: server.environmentFrom.DB_PASSWORD: "DB_PASSWORD" is set already, by what "database" says. Remove it here.',
    ],
    needs: 'version',
  },
  {
    what: 'a secret in a variable of Valkey',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { environment: { SOME_PASSWORD: hunter2secret } }\nroute:',
    right: 'valkey: { environmentFrom: { SOME_PASSWORD: { secret: a, key: b } } }\nroute:',
    told: [
      '14:41: valkey.environment.SOME_PASSWORD: "SOME_PASSWORD" looks like a secret, and dist is committed. Keep it in a Secret. Name it in environmentFrom: { SOME_PASSWORD: { secret: ..., key: ... } }.',
    ],
  },
  {
    what: 'a volume in the media location',
    base: 'home',
    from: 'route:',
    wrong: 'server: { volumes: { more: { existingClaim: more, path: /data/more } } }\nroute:',
    right: 'server: { volumes: { more: { existingClaim: more, path: /mnt/more } } }\nroute:',
    told: [
      '14:57: server.volumes.more.path: "/data/more" would hide or stand in /data, which is in use. Write such as "/mnt/photos".',
    ],
  },
  {
    what: 'two volumes in one folder',
    base: 'home',
    from: 'route:',
    wrong:
      'server: { volumes: { a: { existingClaim: a, path: /mnt/a }, b: { existingClaim: b, path: /mnt/a/b } } }\nroute:',
    right:
      'server: { volumes: { a: { existingClaim: a, path: /mnt/a }, b: { existingClaim: b, path: /mnt/b } } }\nroute:',
    told: [
      '14:90: server.volumes.b.path: "/mnt/a/b" and "/mnt/a" of a hide each other. Give each a folder of its own.',
    ],
  },
  {
    what: 'a path that is none',
    base: 'home',
    from: 'route:',
    wrong: 'server: { volumes: { a: { existingClaim: a, path: mnt } } }\nroute:',
    right: 'server: { volumes: { a: { existingClaim: a, path: /mnt } } }\nroute:',
    told: [
      '14:51: server.volumes.a.path: "mnt" is not the path of a folder. Write an absolute one without . and .., such as "/mnt/photos".',
    ],
  },
  {
    what: 'a toleration of all taints by a slip',
    base: 'home',
    from: 'route:',
    wrong: 'server: { tolerations: [{ effect: NoSchedule }] }\nroute:',
    right: 'server: { tolerations: [{ operator: Exists, effect: NoSchedule }] }\nroute:',
    told: [
      '14:25: server.tolerations[0]: Without a key all taints are meant. Write operator: Exists too, or the key.',
    ],
  },
  {
    what: 'a toleration whose value counts for nothing',
    base: 'home',
    from: 'route:',
    wrong: 'server: { tolerations: [{ key: a, operator: Exists, value: b }] }\nroute:',
    right: 'server: { tolerations: [{ key: a, value: b }] }\nroute:',
    told: [
      '14:60: server.tolerations[0].value: "Exists" looks at no value. Remove it, or write operator: Equal.',
    ],
  },
  {
    what: 'a toleration that ends without need',
    base: 'home',
    from: 'route:',
    wrong: 'server: { tolerations: [{ key: a, value: b, tolerationSeconds: 3 }] }\nroute:',
    right: 'server: { tolerations: [{ key: a, value: b, effect: NoExecute, tolerationSeconds: 3 }] }\nroute:',
    told: [
      '14:64: server.tolerations[0].tolerationSeconds: It counts for the effect NoExecute only. Write effect: NoExecute.',
    ],
  },
  {
    what: 'a load balancer that is none',
    base: 'home',
    from: 'route:',
    wrong: 'server: { service: { loadBalancerClass: tailscale } }\nroute:',
    right: 'server: { service: { type: LoadBalancer, loadBalancerClass: tailscale } }\nroute:',
    told: [
      '14:41: server.service.loadBalancerClass: "ClusterIP" has no load balancer. Write type: LoadBalancer, or remove it.',
    ],
  },
  {
    what: 'an unknown key inside',
    base: 'home',
    from: 'models:',
    wrong: 'modles:',
    right: 'models:',
    told: [
      '6:3: volumes: "models" is missing. The models of machine learning, at /cache.',
      '7:3: volumes.modles: "modles" is not a known key. Did you mean "models"?',
    ],
  },
  {
    what: 'an unknown key like no other',
    base: 'home',
    from: 'route:',
    wrong: 'ingressClass: nginx\nroute:',
    right: 'namespace: photos\nroute:',
    told: [
      '14:1: ingressClass: "ingressClass" is not a known key. Known here: name, version, kubernetes, host, hosts, namespace, sharedNamespace, stopped, clusters, timezone, volumes, database, route, images, server, machineLearning, valkey, config, configSecret, secrets, monitoring, network, flux, deliver, argocd, files, protection, accept, patches, exists.',
    ],
  },
  {
    what: 'a key written twice',
    base: 'home',
    from: 'host:',
    wrong: 'name: other\nhost:',
    right: 'host:',
    told: ['4:1: "name" is written twice; the first one is on line 2. Keep one of them.'],
  },
  {
    what: 'a missing key',
    base: 'home',
    from: 'host: photos.example.com\n',
    wrong: '',
    right: 'host: photos.example.com\n',
    told: ['2:1: "host" is missing. DNS name under which Immich is reached.'],
  },
  {
    what: 'a number for a text',
    base: 'home',
    from: 'v3.3.1',
    wrong: '3.3',
    right: '"v3.3.1"',
    told: [
      '3:10: version: "3.3" can name another version tomorrow: pods that restart on different days would run different releases, and a database is never migrated back. Write one release, such as v3.3.1.',
    ],
  },
  {
    what: 'a text for true or false',
    base: 'home',
    from: 'route:',
    wrong: 'server: { readOnlyRootFilesystem: "yes" }\nroute:',
    right: 'server: { readOnlyRootFilesystem: false }\nroute:',
    told: ['14:35: server.readOnlyRootFilesystem: "yes" is not true or false. Write true or false.'],
  },
  {
    what: 'a text for a number',
    base: 'home',
    from: 'route:',
    wrong: 'server: { user: "1000" }\nroute:',
    right: 'server: { user: 1000 }\nroute:',
    told: ['14:17: server.user: "1000" is read as a text here. Write 1000, without quotes.'],
  },
  {
    what: 'a fraction for a whole number',
    base: 'home',
    from: 'route:',
    wrong: 'server: { user: 1.5 }\nroute:',
    right: 'server: { user: 1500 }\nroute:',
    told: ['14:17: server.user: 1.5 is not a whole number from 1 to 2147483647. Write one.'],
  },
  {
    what: 'an infinite number',
    base: 'home',
    from: 'route:',
    wrong: 'server: { user: .inf }\nroute:',
    right: 'server: { user: 1001 }\nroute:',
    told: ['14:17: server.user: Infinity is not a whole number from 1 to 2147483647. Write one.'],
  },
  {
    what: 'root',
    base: 'home',
    from: 'route:',
    wrong: 'server: { user: 0 }\nroute:',
    right: 'server: { user: 1 }\nroute:',
    told: ['14:17: server.user: 0 is not a whole number from 1 to 2147483647. Write one.'],
  },
  {
    what: 'a text for a list',
    base: 'home',
    from: 'route:',
    wrong: 'server: { trustedProxies: 10.0.0.0/8 }\nroute:',
    right: 'server: { trustedProxies: [10.0.0.0/8] }\nroute:',
    told: ['14:27: server.trustedProxies: "10.0.0.0/8" is not a list. Write ["10.0.0.0/8"].'],
  },
  {
    what: 'a text for a mapping',
    base: 'home',
    from: 'route:',
    wrong: 'server: small\nroute:',
    right: 'server: {}\nroute:',
    told: ['14:9: server: "small" is not a mapping. Write image, resources, user and so on below it.'],
  },
  {
    what: 'a list for a text',
    base: 'home',
    from: 'name: home',
    wrong: 'name: [home]',
    right: 'name: home-2',
    told: ['2:7: name: A list is not a text. Write a text.'],
  },
  {
    what: 'a mapping for a text',
    base: 'home',
    from: 'name: home',
    wrong: 'name: { first: home }',
    right: 'name: home-2',
    told: ['2:7: name: A mapping is not a text. Write a text.'],
  },
  {
    what: 'a word that is none of the known',
    base: 'tachtit',
    from: 'method: barmanObjectStore',
    wrong: 'method: barman',
    right: 'method: plugin',
    told: ['22:15: database.cnpg.backup.method: "barman" is not one of plugin, barmanObjectStore.'],
  },
  {
    what: 'a section with nothing in it',
    base: 'home',
    from: 'route:',
    wrong: 'server:\nroute:',
    right: 'server: {}\nroute:',
    told: [
      '14:8: server: This is empty. Write image, resources, user and so on below it, or remove the key.',
    ],
  },
  {
    what: 'a text with nothing in it',
    base: 'home',
    from: 'route:',
    wrong: 'namespace:\nroute:',
    right: 'namespace: immich\nroute:',
    told: ['14:11: namespace: An empty value is not a text. Write a text, or remove the key.'],
  },
  {
    what: 'YAML that does not end',
    base: 'home',
    from: ' }\n  models',
    wrong: '\n  models',
    right: ' }\n  models',
    told: [
      '7:3: Braces or brackets do not match here. Write { name: value, other: value } or [one, two], and close each.',
    ],
  },
  {
    what: 'a quote that does not end',
    base: 'home',
    from: 'host: photos',
    wrong: 'host: "photos',
    right: 'host: photos',
    told: ['4:7: A double quote opens here and never closes. Write the other one.'],
  },
  {
    what: 'a tab',
    base: 'home',
    from: '  models:',
    wrong: '\tmodels:',
    right: '  models:',
    told: ['7:1: A tab indents this line. Write spaces.'],
  },
  {
    what: 'a name with capital letters',
    base: 'home',
    from: 'name: home',
    wrong: 'name: Home',
    right: 'name: home-2',
    told: [
      '2:7: name: "Home" is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as home.',
    ],
  },
  {
    what: 'a name that leaves dist',
    base: 'home',
    from: 'name: home',
    wrong: 'name: ../home',
    right: 'name: home-2',
    told: [
      '2:7: name: "../home" is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as home.',
    ],
  },
  {
    what: 'a name that is an absolute path',
    base: 'home',
    from: 'name: home',
    wrong: 'name: /etc',
    right: 'name: home-2',
    told: [
      '2:7: name: "/etc" is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as etc.',
    ],
  },
  {
    what: 'a name that is the folder above',
    base: 'home',
    from: 'name: home',
    wrong: 'name: ..',
    right: 'name: home-2',
    told: [
      '2:7: name: ".." is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as immich.',
    ],
  },
  {
    what: 'an empty name',
    base: 'home',
    from: 'name: home',
    wrong: 'name: ""',
    right: 'name: home-2',
    told: ['2:7: name: "" is empty. Write a name of lower-case letters, digits and hyphens.'],
  },
  {
    what: 'a name that is too long for a label',
    base: 'home',
    from: 'name: home',
    wrong: 'name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    right: 'name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    told: [
      '2:7: name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 64 characters. Write at most 63.',
    ],
  },
  {
    what: 'a name that gets too long',
    base: 'home',
    from: 'name: home',
    wrong: 'name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    right: 'name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    told: [
      '2:7: name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 45 characters, and names that are made from it would be too long. Write at most 44.',
    ],
  },
  {
    what: 'a namespace that gets too long',
    base: 'home',
    from: 'host:',
    wrong: 'namespace: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nhost:',
    right: 'namespace: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nhost:',
    told: [
      '4:12: namespace: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 51 characters, and names that are made from it would be too long. Write at most 50.',
    ],
  },
  {
    what: 'a cluster that leaves dist',
    base: 'home',
    from: 'host:',
    wrong: 'clusters: { app: ../prod }\nhost:',
    right: 'clusters: { app: prod }\nhost:',
    told: [
      '4:18: clusters.app: "../prod" is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as prod.',
    ],
  },
  {
    what: 'a namespace that is no name',
    base: 'home',
    from: 'route:',
    wrong: 'namespace: my/photos\nroute:',
    right: 'namespace: my-photos\nroute:',
    told: [
      '14:12: namespace: "my/photos" is not a name Kubernetes accepts. Write lower-case letters, digits and hyphens only, beginning and ending with a letter or digit, such as my-photos.',
    ],
  },
  {
    what: 'a namespace of other programs',
    base: 'home',
    from: 'route:',
    wrong: 'namespace: kube-system\nroute:',
    right: 'namespace: photos\nroute:',
    told: [
      '14:12: namespace: "kube-system" belongs to other programs, and Immich\'s network policies would cut them off. Write a namespace of Immich\'s own, such as immich.',
    ],
  },
  {
    what: 'a host that is an address of a page',
    base: 'home',
    from: 'photos.example.com',
    wrong: 'https://photos.example.com/',
    right: 'fotos.example.com',
    told: [
      '4:7: host: "https://photos.example.com/" starts with https://. Write the DNS name alone, such as photos.example.com.',
    ],
  },
  {
    what: 'a host that is no DNS name',
    base: 'home',
    from: 'photos.example.com',
    wrong: 'photos_1.example.com',
    right: 'photos-1.example.com',
    told: [
      '4:7: host: "photos_1.example.com" has the part "photos_1", which no DNS name has. Write the DNS name alone, such as photos.example.com.',
    ],
  },
  {
    what: 'a host that is an IP address',
    base: 'home',
    from: 'photos.example.com',
    wrong: '192.168.1.2',
    right: 'nas.example.com',
    told: [
      '4:7: host: "192.168.1.2" is an IP address, for which no public certificate is issued. Write a DNS name, such as photos.example.com.',
    ],
  },
  {
    what: 'a quantity with a unit that there is not',
    base: 'home',
    from: '500Gi',
    wrong: '500gb',
    right: '500Gi',
    told: [
      '6:44: volumes.library.size: "500gb" has a unit that Kubernetes does not know; case matters, and there is no B at the end. Write 500Gi, or 500G for powers of ten.',
    ],
  },
  {
    what: 'a quantity with a space',
    base: 'home',
    from: '500Gi',
    wrong: '20G i',
    right: '20Gi',
    told: ['6:44: volumes.library.size: "20G i" has a space in it. Write 20Gi.'],
  },
  {
    what: 'a size for CPU',
    base: 'home',
    from: 'route:',
    wrong: 'server: { resources: { requests: { cpu: 2Gi } } }\nroute:',
    right: 'server: { resources: { requests: { cpu: 0.5 }, limits: { cpu: 2 } } }\nroute:',
    told: [
      '14:41: server.resources.requests.cpu: "2Gi" is a size, not an amount of CPU. Write cores, such as 2, or thousandths, such as 500m.',
    ],
  },
  {
    what: 'a request over its limit',
    base: 'home',
    from: 'route:',
    wrong: 'server: { resources: { requests: { memory: 8Gi }, limits: { memory: 4Gi } } }\nroute:',
    right: 'server: { resources: { requests: { memory: 4Gi }, limits: { memory: 4Gi } } }\nroute:',
    told: [
      '14:44: server.resources.requests.memory: "8Gi" is more than the limit of "4Gi". Lower the request or raise limits.memory.',
    ],
  },
  {
    what: 'a request over the standard limit',
    base: 'home',
    from: 'route:',
    wrong: 'server: { resources: { requests: { memory: 8Gi } } }\nroute:',
    right: 'server: { resources: { requests: { memory: 8Gi }, limits: {} } }\nroute:',
    told: [
      '14:44: server.resources.requests.memory: "8Gi" is more than the limit of "4Gi". Lower the request or raise limits.memory.',
    ],
  },
  {
    what: 'a request for more CPU than the limit',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { resources: { requests: { cpu: "3" }, limits: { cpu: 2500m } } }\nroute:',
    right: 'machineLearning: { resources: { requests: { cpu: 2500m }, limits: { cpu: "2.5" } } }\nroute:',
    told: [
      '14:50: machineLearning.resources.requests.cpu: "3" is more than the limit of "2500m". Lower the request or raise limits.cpu.',
    ],
  },
  {
    what: 'a backup schedule of five fields',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "0 3 * * *"\n',
    right: '    backup:\n      schedule: "0 0 3 * * *"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
  },
  {
    what: 'a backup every second',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "* 0 3 * * *"\n',
    right: '    backup:\n      schedule: "0 0 3 * * *"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "* 0 3 * * *" would start a backup every second in minute 0 from 03:00 to 03:59; more than one an hour fills the store and never ends. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
  },
  {
    what: 'a backup every ten minutes',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "0 */10 * * * *"\n',
    right: '    backup:\n      schedule: "0 0 */6 * * *"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "0 */10 * * * *" would start a backup every 10 minutes; more than one an hour fills the store and never ends. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
  },
  {
    what: 'a backup every five minutes',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "@every 5m"\n',
    right: '    backup:\n      schedule: "@daily"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "@every 5m" would start a backup every 5 minutes, counted from the last run; more than one an hour fills the store and never ends. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
  },
  {
    what: 'a backup in one month only',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "0 0 3 1 1 *"\n',
    right: '    backup:\n      schedule: "0 0 3 1 * *"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "0 0 3 1 1 *" fires in January only and leaves the other months without a backup. Write "0 0 3 1 * *" for every month on day 1 at 03:00:00.',
    ],
  },
  {
    what: 'a backup that never comes',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "0 0 3 31 2 *"\n',
    right: '    backup:\n      schedule: "0 0 3 28 * *"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "0 0 3 31 2 *" never fires: there is no such date. Write "0 0 3 1 * *" for every month on day 1 at 03:00:00.',
    ],
  },
  {
    what: 'a descriptor that CloudNativePG does not know',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      schedule: "@reboot"\n',
    right: '    backup:\n      schedule: "@weekly"\n',
    told: [
      '13:17: database.cnpg.backup.schedule: "@reboot" is not a descriptor that CloudNativePG knows. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
  },
  {
    what: 'six fields where five are read',
    base: 'k3s',
    from: '0 1 * * *',
    wrong: '0 0 1 * * *',
    right: '0 2 * * *',
    told: [
      '17:40: volumes.library.longhorn.snapshots.schedule: "0 0 1 * * *" has six fields; this one is read without seconds. Write "0 1 * * *" for every day at 01:00.',
    ],
  },
  {
    what: "an hour that no day has in Immich's configuration",
    base: 'k3s',
    from: '0 2 * * *',
    wrong: '0 24 * * *',
    right: '0 4 * * *',
    told: [
      '27:56: config.backup.database.cronExpression: "0 24 * * *" has "24" as hour. Write * or 0 to 23, alone, as a list (0,1) or as a range (0-23).',
    ],
  },
  {
    what: 'a retention in words',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      retention: 14 days\n',
    right: '    backup:\n      retention: 14d\n',
    told: [
      '13:18: database.cnpg.backup.retention: "14 days" is not a retention as Barman writes it. Write 14d.',
    ],
  },
  {
    what: 'a retention without a unit',
    base: 'home',
    from: '    backup:\n',
    wrong: '    backup:\n      retention: 14\n',
    right: '    backup:\n      retention: "2w"\n',
    told: ['13:18: database.cnpg.backup.retention: "14" has no unit. Write 14d for 14 days.'],
  },
  {
    what: 'an Azure path that is not in Azure',
    base: 'tachtit',
    from: 'https://seyzahldata.blob.core.windows.net/immich',
    wrong: 'https://seyzahldata.example.net/immich',
    right: 'https://seyzahldata.blob.core.windows.net/immich/lineage',
    told: [
      '26:26: database.cnpg.backup.azure.destinationPath: "https://seyzahldata.example.net/immich" is not an address in Azure Blob Storage. Write it as https://<account>.blob.core.windows.net/<container>.',
    ],
  },
  {
    what: 'an Azure path without a container',
    base: 'tachtit',
    from: 'https://seyzahldata.blob.core.windows.net/immich',
    wrong: 'https://seyzahldata.blob.core.windows.net',
    right: 'https://seyzahldata.blob.core.windows.net/immich',
    told: [
      '26:26: database.cnpg.backup.azure.destinationPath: "https://seyzahldata.blob.core.windows.net" names no container. Write it as https://<account>.blob.core.windows.net/<container>.',
    ],
  },
  {
    what: 'an Azure path with a key in it',
    base: 'tachtit',
    from: 'https://seyzahldata.blob.core.windows.net/immich',
    wrong: 'https://seyzahldata.blob.core.windows.net/immich?sig=c2VjcmV0',
    right: 'https://seyzahldata.blob.core.windows.net/immich',
    told: [
      '26:26: database.cnpg.backup.azure.destinationPath: "https://seyzahldata.blob.core.windows.net/immich?…" holds a key. Keep it in a Secret, name that here, and replace the key: it is known now.',
    ],
  },
  {
    what: 'two stores',
    base: 'home',
    from: 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
    wrong:
      's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }\n      gcs: { bucket: immich-backups, gkeEnvironment: true }',
    right: 'gcs: { bucket: immich-backups, gkeEnvironment: true }',
    told: ['14:7: database.cnpg.backup.gcs: "s3" and "gcs" exclude each other. Keep one of them.'],
  },
  {
    what: 'no store',
    base: 'home',
    from: 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
    wrong: 'retention: 30d',
    right: 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
    told: ['13:7: database.cnpg.backup: One of azure, s3, gcs is missing. Write exactly one of them.'],
  },
  {
    what: 'two ways into S3',
    base: 'home',
    from: ', credentials: immich-backup',
    wrong: ', credentials: immich-backup, inheritFromIAMRole: true',
    right: ', inheritFromIAMRole: true',
    told: [
      '13:99: database.cnpg.backup.s3.inheritFromIAMRole: "credentials" and "inheritFromIAMRole" exclude each other. Keep one of them.',
    ],
  },
  {
    what: 'no way into S3',
    base: 'home',
    from: ', credentials: immich-backup',
    wrong: '',
    right: ', credentials: { secret: immich-backup, accessKeyId: id }',
    told: [
      '13:11: database.cnpg.backup.s3: One of credentials, inheritFromIAMRole is missing. Write exactly one of them.',
    ],
  },
  {
    what: 'two ways into Azure',
    base: 'tachtit',
    from: 'connectionString:',
    wrong: 'inheritFromAzureAD: true\n        connectionString:',
    right: 'connectionString:',
    told: [
      '27:9: database.cnpg.backup.azure.inheritFromAzureAD: "connectionString" and "inheritFromAzureAD" exclude each other. Keep one of them.',
    ],
  },
  {
    what: 'a SAS token without its account',
    base: 'tachtit',
    from: 'connectionString: {',
    wrong: 'sasToken: {',
    right: 'storageAccount: { secret: azure, key: account }\n        sasToken: {',
    told: [
      '26:9: database.cnpg.backup.azure: "storageAccount" is missing: a SAS token alone does not name its account. Write both.',
    ],
  },
  {
    what: 'an account with a connection string',
    base: 'tachtit',
    from: 'connectionString:',
    wrong: 'storageAccount: { secret: azure, key: account }\n        connectionString:',
    right: 'connectionString:',
    told: [
      '27:9: database.cnpg.backup.azure.storageAccount: "storageAccount" goes with "sasToken" only. Remove it, or write both.',
    ],
  },
  {
    what: 'a certificate without an endpoint',
    base: 'home',
    needs: 'database.cnpg.backup.s3',
    from: 'endpoint: https://s3.example.com',
    wrong: 'endpointCA: { secret: store-ca, key: ca.crt }',
    right: 'endpoint: https://s3.example.com, endpointCA: { secret: store-ca, key: ca.crt }',
    told: [
      '13:37: database.cnpg.backup.s3.endpointCA: "endpointCA" is the certificate of an endpoint, and there is none: Amazon\'s is trusted by everybody. Write endpoint, or remove it.',
    ],
  },
  {
    what: 'a certificate that nothing looks at',
    base: 'home',
    needs: 'database.cnpg.backup.s3',
    from: 'endpoint: https://s3.example.com',
    wrong: 'endpoint: http://s3.example.com, endpointCA: { secret: store-ca, key: ca.crt }',
    right: 'endpoint: http://s3.example.com',
    told: [
      '13:70: database.cnpg.backup.s3.endpointCA: "endpointCA" is never looked at: "http://s3.example.com" is not encrypted. Write https://, or remove it.',
    ],
  },
  {
    what: 'a commit that waits for a replica that is not there',
    base: 'home',
    from: '  cnpg:\n',
    wrong: '  cnpg:\n    instances: 1\n    synchronous: preferred\n',
    right: '  cnpg:\n    instances: 2\n    synchronous: preferred\n',
    told: [
      '11:18: database.cnpg.synchronous: "preferred" waits for a replica, and with instances: 1 there is none. Write instances: 2 or more, or remove synchronous.',
    ],
  },
  {
    what: 'a sidecar of the in-tree form',
    base: 'tachtit',
    from: 'method: barmanObjectStore',
    wrong: 'method: barmanObjectStore\n      sidecar: { resources: { limits: { memory: 2Gi } } }',
    right: 'method: barmanObjectStore',
    told: [
      '23:7: database.cnpg.backup.sidecar: "sidecar" is what the plugin runs beside each instance; barmanObjectStore has none. Remove it, or write method: plugin.',
    ],
  },
  {
    what: 'no way into Google',
    base: 'home',
    from: 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
    wrong: 'gcs: { bucket: immich-backups }',
    right: 'gcs: { bucket: immich-backups, credentials: { secret: gcs, key: key.json } }',
    told: [
      '13:12: database.cnpg.backup.gcs: One of credentials, gkeEnvironment is missing. Write exactly one of them.',
    ],
  },
  {
    what: 'an endpoint with a password',
    base: 'home',
    from: 'https://s3.example.com',
    wrong: 'https://user:pass@s3.example.com',
    right: 'https://minio.example.com:9000',
    told: [
      '13:47: database.cnpg.backup.s3.endpoint: "https://…" holds a user or password. Write the address without them and name a Secret that holds them.',
    ],
  },
  {
    what: 'a backup of an external database',
    base: 'k3s',
    from: 'username: immich',
    wrong: 'username: immich\n    backup: { s3: { bucket: immich } }',
    right: 'username: immich',
    told: [
      '24:13: database.external.backup: An external database is backed up by whoever runs it. Remove backup, or use database.cnpg.',
    ],
  },
  {
    what: 'the in-tree backup where it is gone',
    needs: 'database.cnpg.backup',
    base: 'tachtit',
    from: '"1.30"',
    wrong: '"1.31"',
    right: '"1.30.2"',
    told: [
      '22:15: database.cnpg.backup.method: "barmanObjectStore" was removed in CloudNativePG 1.31, and operator is "1.31". Write "plugin", and install the Barman Cloud plugin.',
    ],
  },
  {
    what: 'the in-tree backup of a later operator',
    needs: 'database.cnpg.backup',
    base: 'tachtit',
    from: '"1.30"',
    wrong: '"2.0"',
    right: '"1.29"',
    told: [
      '22:15: database.cnpg.backup.method: "barmanObjectStore" was removed in CloudNativePG 1.31, and operator is "2.0". Write "plugin", and install the Barman Cloud plugin.',
    ],
  },
  {
    what: 'a VectorChord that is too new for Immich',
    needs: 'version',
    base: 'tachtit',
    from: '16.9-0.4.3',
    wrong: '16.9-2.0.0',
    right: '16.9-1.1.1',
    told: [
      '16:12: database.cnpg.image: "ghcr.io/tensorchord/cloudnative-vectorchord:16.9-2.0.0" has VectorChord 2.0.0; Immich v2.5.0 starts with 0.3.0 or newer, below 2.0.0.',
    ],
  },
  {
    what: 'a VectorChord that is too old',
    needs: 'version',
    base: 'home',
    from: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
    wrong: 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.2.1',
    right: 'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
    told: [
      '10:12: database.cnpg.image: "ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.2.1" has VectorChord 0.2.1; Immich v3.3.1 starts with 0.3.0 or newer.',
    ],
  },
  {
    what: 'a PostgreSQL that is too old',
    needs: 'version',
    base: 'home',
    from: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
    wrong: 'ghcr.io/tensorchord/cloudnative-vectorchord:13.9-1.1.1',
    right: 'ghcr.io/tensorchord/cloudnative-vectorchord:14.9-1.1.1',
    told: [
      '10:12: database.cnpg.image: "ghcr.io/tensorchord/cloudnative-vectorchord:13.9-1.1.1" has PostgreSQL 13.9; Immich v3.3.1 works with 14 to 18.',
    ],
  },
  {
    what: 'a PostgreSQL that is too new to be dumped',
    needs: 'version',
    base: 'home',
    from: '17.10-1.1.1',
    wrong: '19.0-1.1.1',
    right: '18.4-1.1.1',
    told: [
      '10:12: database.cnpg.image: "ghcr.io/tensorchord/cloudnative-vectorchord:19.0-1.1.1" has PostgreSQL 19.0; Immich v3.3.1 works with 14 to 18.',
    ],
  },
  {
    what: 'no image of the database',
    base: 'home',
    from: '    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\n',
    wrong: '',
    right: '    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\n',
    told: [
      '10:5: database.cnpg: "image" is missing. PostgreSQL with VectorChord, full image reference. Nothing but this line ever changes it.',
    ],
  },
  {
    what: 'no word on a backup of the library',
    base: 'home',
    from: ', backup: none, reason: the phones keep every photo until a backup is set up',
    wrong: '',
    right: ', backup: { longhorn: {} }',
    told: [
      '6:12: volumes.library: "backup" is missing. How the photos outlive their volume: { volsync: {} }, { longhorn: {} }, or none with a reason. What Immich can make again stays out when it has a volume of its own, generated.',
    ],
  },
  {
    what: 'an image that does not tell its VectorChord',
    needs: 'version',
    base: 'home',
    from: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
    wrong: 'ghcr.io/cloudnative-pg/postgresql:17.5',
    right: 'registry.example.com/mirror/cloudnative-vectorchord:17.5-1.1.1',
    told: [
      '10:12: database.cnpg.image: "ghcr.io/cloudnative-pg/postgresql:17.5" does not say which VectorChord it has. Write an image such as ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1, whose tag is <PostgreSQL>-<VectorChord>.',
    ],
  },
  {
    what: 'an image of the database by its digest alone',
    needs: 'version',
    base: 'home',
    from: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
    wrong:
      'ghcr.io/tensorchord/cloudnative-vectorchord@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    right:
      'ghcr.io/tensorchord/cloudnative-vectorchord:17.5-1.1.1@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    told: [
      '10:12: database.cnpg.image: "ghcr.io/tensorchord/cloudnative-vectorchord@sha256:00000000000000000000000000000…" has a digest and no tag, and only a tag says which PostgreSQL and VectorChord are in it. Write the tag too, as in ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1@sha256:0000000000000000000000000000000000000000000000000000000000000000.',
    ],
  },
  {
    what: 'several servers on a volume of one node',
    needs: 'volumes',
    base: 'home',
    from: 'route:',
    wrong: 'server: { replicas: 2, microservices: { separate: true } }\nroute:',
    right: 'server: { replicas: 1 }\nroute:',
    told: [
      '14:21: server.replicas: "2" server replicas need volumes.library on every node, but it is ReadWriteOnce: one node can mount it. Use a ReadWriteMany volume, or one pod.',
    ],
  },
  {
    what: 'background jobs apart, on a volume of one node',
    needs: 'volumes',
    base: 'home',
    from: 'route:',
    wrong: 'server: { microservices: { separate: true } }\nroute:',
    right: 'server: { microservices: { separate: false } }\nroute:',
    told: [
      '14:38: server.microservices.separate: A separate microservices pod needs volumes.library on every node, but it is ReadWriteOnce: one node can mount it. Use a ReadWriteMany volume, or one pod.',
    ],
  },
  {
    what: 'several servers that each run background jobs',
    base: 'tachtit',
    from: 'server:\n',
    wrong: 'server:\n  replicas: 2\n',
    right: 'server:\n  replicas: 2\n  microservices: { separate: true }\n',
    told: [
      '7:13: server.replicas: "2" server replicas would each run the microservices worker, and recognise every face twice. Write microservices: { separate: true }, or replicas: 1.',
    ],
  },
  {
    what: 'several pools of machine learning on a volume of one node',
    needs: 'volumes',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: cpu }] }\nroute:',
    right: 'machineLearning: { pools: [{ name: gpu, gpu: nvidia }] }\nroute:',
    told: [
      '14:27: machineLearning.pools: Several pools need volumes.models on every node, but it is ReadWriteOnce. Use a ReadWriteMany volume, or one pool.',
    ],
  },
  {
    what: 'two pools of one name',
    base: 'tachtit',
    from: 'volumes:',
    wrong: 'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: gpu }] }\nvolumes:',
    right: 'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: cpu }] }\nvolumes:',
    told: ['8:64: machineLearning.pools[1].name: "gpu" is the name of another pool too. Write another one.'],
  },
  {
    what: 'a pool with a name that no Deployment has',
    base: 'tachtit',
    from: 'volumes:',
    wrong: 'machineLearning: { pools: [{ name: GPU }] }\nvolumes:',
    right: 'machineLearning: { pools: [{ name: gpu }] }\nvolumes:',
    told: [
      '8:36: machineLearning.pools[0].name: "GPU" is not a name of pods. Write lower-case letters, digits and hyphens, at most 20, such as gpu.',
    ],
  },
  {
    what: 'a pool whose image is for another card',
    base: 'home',
    from: 'route:',
    wrong:
      'machineLearning: { pools: [{ name: gpu, gpu: amd, image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda" }] }\nroute:',
    right: 'machineLearning: { pools: [{ name: gpu, gpu: amd }] }\nroute:',
    told: [
      '14:58: machineLearning.pools[0].image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda" does not use a card of AMD, which the pod has. Write the image with -rocm at the end of its tag, or leave image out.',
    ],
    needs: 'version',
  },
  {
    what: 'machine learning elsewhere, with models here',
    base: 'home',
    from: '  models:  { storageClass: longhorn, size: 20Gi }\n',
    wrong: 'machineLearning: { remote: ["http://192.168.1.20:3003"], offline: true }\n',
    right: 'machineLearning: { remote: ["http://192.168.1.20:3003"] }\n',
    told: ['7:58: machineLearning.offline: "remote" and "offline" exclude each other. Keep one of them.'],
  },
  {
    what: 'models of pods that run elsewhere',
    needs: 'volumes',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { remote: ["http://192.168.1.20:3003"] }\nroute:',
    right: 'machineLearning: {}\nroute:',
    told: [
      '7:3: volumes.models: No pod of machine learning runs here that would load models. Remove it; the claim and what is on it stay.',
    ],
  },
  {
    what: 'addresses of machine learning twice',
    base: 'home',
    from: '  models:  { storageClass: longhorn, size: 20Gi }\n',
    wrong:
      'machineLearning: { remote: ["http://192.168.1.20:3003"] }\nconfig: { machineLearning: { urls: ["http://192.168.1.21:3003"] } }\n',
    right:
      'machineLearning: { remote: ["http://192.168.1.20:3003"] }\nconfig: { machineLearning: { clip: { enabled: true } } }\n',
    told: [
      '8:36: config.machineLearning.urls: The addresses stand in machineLearning.remote already. Remove them here.',
    ],
  },
  {
    what: 'addresses of machine learning, of which there is none',
    base: 'home',
    from: '  models:  { storageClass: longhorn, size: 20Gi }\n',
    wrong: 'machineLearning: none\nconfig: { machineLearning: { urls: ["http://192.168.1.21:3003"] } }\n',
    right: 'machineLearning: none\nconfig: { machineLearning: { enabled: false } }\n',
    told: [
      '8:36: config.machineLearning.urls: machineLearning is none. Write machineLearning: { remote: [...] } with these addresses.',
    ],
  },
  {
    what: 'machine learning that is used and not there',
    base: 'home',
    from: '  models:  { storageClass: longhorn, size: 20Gi }\n',
    wrong: 'machineLearning: none\nconfig: { machineLearning: { enabled: true } }\n',
    right: 'machineLearning: none\nconfig: { machineLearning: { enabled: false } }\n',
    told: [
      '8:39: config.machineLearning.enabled: "true" has nothing to run it: machineLearning is none. Remove one of the two.',
    ],
  },
  {
    what: 'a way out of pods of machine learning that run elsewhere',
    base: 'home',
    from: '  models:  { storageClass: longhorn, size: 20Gi }\n',
    wrong:
      'machineLearning: none\nnetwork: { egress: [{ from: machineLearning, to: { cidr: 192.168.1.0/24 }, ports: [443], why: a mirror }] }\n',
    right:
      'machineLearning: none\nnetwork: { egress: [{ from: server, to: { cidr: 192.168.1.0/24 }, ports: [443], why: a mirror }] }\n',
    told: [
      '8:29: network.egress[0].from: "machineLearning" has no pods of ours: machine learning runs elsewhere, or not at all. Write server, or remove the entry.',
    ],
  },
  {
    what: 'several machine learning pods on a volume of one node',
    needs: 'volumes',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { replicas: 2 }\nroute:',
    right: 'machineLearning: { replicas: 1 }\nroute:',
    told: [
      '14:30: machineLearning.replicas: "2" machine learning replicas need volumes.models on every node, but it is ReadWriteOnce. Use a ReadWriteMany volume, or replicas: 1.',
    ],
  },
  {
    what: 'a database on NFS',
    base: 'home',
    from: '    storage: { storageClass: longhorn, size: 20Gi }',
    wrong: '    storage: { nfs: { server: nas.example.net, path: /database }, size: 20Gi }',
    right: '    storage: { storageClass: longhorn, size: 20Gi }',
    told: [
      '11:16: database.cnpg.storage.nfs: PostgreSQL loses data on network shares. Write { storageClass, size } of a local or block storage class.',
    ],
  },
  {
    what: 'a database on a class for NFS',
    base: 'home',
    from: '    storage: { storageClass: longhorn, size: 20Gi }',
    wrong: '    storage: { storageClass: nfs-client, size: 20Gi }',
    right: '    storage: { storageClass: openebs-lvm, size: 20Gi }',
    told: [
      '11:30: database.cnpg.storage.storageClass: "nfs-client" names a network share, on which PostgreSQL loses data. Write a class of local or block storage.',
    ],
  },
  {
    what: 'a write-ahead log on a class for NFS',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    walStorage: { storageClass: csi-nfs, size: 5Gi }',
    right: 'cnpg:\n    walStorage: { storageClass: longhorn, size: 5Gi }',
    told: [
      '10:33: database.cnpg.walStorage.storageClass: "csi-nfs" names a network share, on which PostgreSQL loses data. Write a class of local or block storage.',
    ],
  },
  {
    what: 'two volumes on one export',
    base: 'tachtit',
    from: '/export/immich/generated',
    wrong: '/export/immich/library',
    right: '/export/immich/derived',
    told: [
      '10:21: volumes.generated.nfs: The export "/export/immich/library" of "nas.example.net" is used by volumes.library too. Give each volume its own.',
    ],
  },
  {
    what: 'two volumes with one claim',
    needs: 'volumes',
    base: 'home',
    from: 'size: 20Gi }\ndatabase',
    wrong: 'size: 20Gi, claim: immich-library }\ndatabase',
    right: 'size: 20Gi, claim: photos-models }\ndatabase',
    told: [
      '7:57: volumes.models.claim: The claim "immich-library" is used by volumes.library too. Give each volume its own.',
    ],
  },
  {
    what: 'a claim that Valkey has',
    needs: 'volumes',
    base: 'home',
    from: 'size: 20Gi }\ndatabase',
    wrong:
      'size: 20Gi, claim: immich-valkey }\nvalkey: { persistence: { storageClass: longhorn } }\ndatabase',
    right: 'size: 20Gi, claim: immich-valkey }\ndatabase',
    told: [
      '7:57: volumes.models.claim: "immich-valkey" is the claim of valkey.persistence. Write another name.',
    ],
  },
  {
    what: 'a database elsewhere that has no host',
    base: 'tachtit',
    from: '    host: immich-db.example.net\n',
    wrong: '',
    right: '    host: db.example.net\n',
    told: [
      '14:5: database.cnpg: "host" is missing: the database runs in the cluster "tachtit-data", and Immich must find it by a name. Write host: immich-db.example.net.',
    ],
  },
  {
    what: 'a database elsewhere that has no credentials',
    base: 'tachtit',
    from: '    credentials: { secret: immich-db }\n',
    wrong: '',
    right: '    credentials: { secret: immich-login }\n',
    told: [
      '14:5: database.cnpg: "credentials" is missing: the Secret that CloudNativePG makes exists in the cluster "tachtit-data" only. Write credentials: { secret: immich-db }, and create that Secret in both clusters.',
    ],
  },
  {
    what: 'a host of a database that is near',
    needs: 'clusters',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    host: db.example.net',
    right: 'cnpg:',
    told: [
      '10:11: database.cnpg.host: "db.example.net" is not needed: the database runs in Immich\'s own cluster. Remove host, or write clusters.database.',
    ],
  },
  {
    what: 'a cluster for an external database',
    needs: 'database',
    base: 'k3s',
    from: 'host: photos',
    wrong: 'clusters: { database: data }\nhost: photos',
    right: 'clusters: { app: prod }\nhost: photos',
    told: [
      '4:23: clusters.database: "data" has nothing to run: the database is external. Remove clusters.database.',
    ],
  },
  {
    what: 'a database called like the server',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    name: immich-server',
    right: 'cnpg:\n    name: immich-database',
    told: [
      '10:11: database.cnpg.name: "immich-server" is the name of another part of the installation. Write another one, such as immich-db.',
    ],
  },
  {
    what: 'a database whose services would begin with a digit',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    name: 2nd-db',
    right: 'cnpg:\n    name: db-2nd',
    told: [
      '10:11: database.cnpg.name: "2nd-db" begins with a digit, which names of Services cannot. Write db-2nd-db, or the like.',
    ],
  },
  {
    what: 'a database whose name is too long',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    right: 'cnpg:\n    name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    told: [
      '10:11: database.cnpg.name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 51 characters, and names that are made from it would be too long. Write at most 50.',
    ],
  },
  {
    what: 'no backup without a reason',
    base: 'home',
    from: 'backup:\n      s3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
    wrong: 'backup: none',
    right: 'backup: none\n    reason: a test that may be lost',
    told: [
      '12:13: database.cnpg.backup: "none" needs a reason beside it. Write reason: "why this database may be lost".',
    ],
  },
  {
    what: 'a backup with a reason against it',
    needs: 'database.cnpg.backup',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    reason: too small',
    right: 'cnpg:',
    told: ['10:5: database.cnpg.reason: "reason" says why there is no backup, but there is one. Remove it.'],
  },
  {
    what: 'two databases',
    base: 'home',
    from: 'cnpg:',
    wrong: 'external: { host: db.example.net, password: { secret: a, key: b } }\n  cnpg:',
    right: 'cnpg:',
    told: ['9:3: database.external: "cnpg" and "external" exclude each other. Keep one of them.'],
  },
  {
    what: 'a variable that Immich does not know',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { IMMICH_LOG_LEVL: debug } }\nroute:',
    right: 'server: { environment: { IMMICH_LOG_LEVEL: debug } }\nroute:',
    told: [
      "14:43: server.environment.IMMICH_LOG_LEVL: IMMICH_LOG_LEVL is not read by Immich's server. Did you mean IMMICH_LOG_LEVEL?",
    ],
  },
  {
    what: 'a value that Immich does not take',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { IMMICH_LOG_LEVEL: loud } }\nroute:',
    right: 'server: { environment: { IMMICH_LOG_LEVEL: verbose } }\nroute:',
    told: [
      '14:44: server.environment.IMMICH_LOG_LEVEL: IMMICH_LOG_LEVEL is "loud". Write one of verbose, debug, log, warn, error, fatal.',
    ],
  },
  {
    what: 'a setting that PostgreSQL does not have',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    parameters: { shared_buffer: 1GB }',
    right: 'cnpg:\n    parameters: { shared_buffers: 1GB }',
    told: [
      '10:19: database.cnpg.parameters.shared_buffer: "shared_buffer" is not a setting of PostgreSQL, which would not start. Did you mean "shared_buffers"?',
    ],
  },
  {
    what: 'a setting of PostgreSQL with a unit of Kubernetes',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    parameters: { work_mem: 16Mi }',
    right: 'cnpg:\n    parameters: { work_mem: 16MB }',
    told: [
      '10:29: database.cnpg.parameters.work_mem: "16Mi" is not a number with a unit of PostgreSQL. Write one such as "4", "16MB" or "5min".',
    ],
  },
  {
    what: 'an operator of old',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    operator: "1.20"',
    right: 'cnpg:\n    operator: "1.26"',
    told: [
      '10:15: database.cnpg.operator: "1.20" is older than 1.26, the oldest operator that is described here, or lacks its quotes: without them 1.30 is read as 1.3. Write it in quotes, such as "1.30", and upgrade an older operator first.',
    ],
  },
  {
    what: 'a value that machine learning does not take',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { environment: { MACHINE_LEARNING_MODEL_TTL: 5m } }\nroute:',
    right: 'machineLearning: { environment: { MACHINE_LEARNING_MODEL_TTL: "300" } }\nroute:',
    told: [
      '14:63: machineLearning.environment.MACHINE_LEARNING_MODEL_TTL: MACHINE_LEARNING_MODEL_TTL is "5m", which is not a whole number, and machine learning would not start. Write one such as "2", without a unit.',
    ],
  },
  {
    what: 'a file of headers that the container does not have',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { IMMICH_HELMET_FILE: /etc/helmet.json } }\nroute:',
    right: 'server: { environment: { IMMICH_HELMET_FILE: "true" } }\nroute:',
    told: [
      '14:46: server.environment.IMMICH_HELMET_FILE: IMMICH_HELMET_FILE is "/etc/helmet.json", a file that the container does not have, and the server would not start. Write "true" for the headers that come with Immich, or "false".',
    ],
  },
  {
    what: 'a storage template that cannot be read',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'config: { storageTemplate: { template: "{{y}}/{{filename" } }\nroute:',
    right: 'config: { storageTemplate: { template: "{{y}}/{{filename}}" } }\nroute:',
    told: [
      '14:40: config.storageTemplate.template: "{{y}}/{{filename" has "{{" without its "}}". Close it, as in {{y}}.',
    ],
  },
  {
    what: 'a secret among the variables',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { DB_PASSWORD: hunter2 } }\nroute:',
    right: 'server: { environment: { IMMICH_IGNORE_MOUNT_CHECK_ERRORS: "true" } }\nroute:',
    told: [
      '14:39: server.environment.DB_PASSWORD: "DB_PASSWORD" looks like a secret, and dist is committed. Keep it in a Secret.',
    ],
  },
  {
    what: 'a variable that is set already',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { DB_HOSTNAME: db.example.net } }\nroute:',
    right: 'server: { environment: { DB_SKIP_MIGRATIONS: "false" } }\nroute:',
    told: [
      '14:39: server.environment.DB_HOSTNAME: "DB_HOSTNAME" is set already, by what "database" says. Remove it here.',
    ],
  },
  {
    what: 'a folder of machine learning that is set already',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { environment: { HF_HOME: /models } }\nroute:',
    right: 'machineLearning: { environment: { MACHINE_LEARNING_WORKERS: "2" } }\nroute:',
    told: [
      '14:44: machineLearning.environment.HF_HOME: "HF_HOME" is set already, since ports, mounts and probes hang on it. Remove it here.',
    ],
  },
  {
    what: 'no name of a variable',
    base: 'home',
    from: 'route:',
    wrong: 'server: { environment: { LOG-LEVEL: debug } }\nroute:',
    right: 'server: { environment: { OTHER_LEVEL: debug } }\nroute:',
    told: [
      '14:26: server.environment.LOG-LEVEL: "LOG-LEVEL" is not the name of an environment variable. Write letters, digits and underscores.',
    ],
  },
  {
    what: 'a variable of Flux',
    base: 'home',
    from: 'route:',
    wrong: `timezone: "\${ZONE}"\nroute:`,
    right: 'timezone: Europe/Zurich\nroute:',
    told: [
      `14:11: timezone: "\${ZONE}" has a variable of Flux in it, and none is filled in here. Write its value.`,
    ],
  },
  {
    what: "an unknown key of Immich's configuration",
    base: 'k3s',
    from: 'keepLastAmount',
    wrong: 'keepLastAmout',
    right: 'keepLastAmount',
    told: [
      '27:69: config.backup.database.keepLastAmout: "keepLastAmout" is not a known key. Did you mean "keepLastAmount"?',
    ],
  },
  {
    what: 'a configuration and a secret with one',
    base: 'k3s',
    from: 'config:',
    wrong: 'configSecret: { secret: immich, key: immich.yaml }\nconfig:',
    right: 'config:',
    told: ['25:15: configSecret: config and configSecret exclude each other. Keep one of them.'],
  },
  {
    what: "a secret in Immich's configuration",
    base: 'k3s',
    from: 'config:',
    wrong: 'config:\n  oauth: { clientSecret: hunter2 }',
    right: 'config:\n  oauth: { clientId: immich }',
    told: [
      '26:26: config.oauth.clientSecret: A secret must not stand in an installation file. Keep it in a Secret, and write { secret: name-of-the-secret, key: key-inside-it }.',
    ],
  },
  {
    what: 'an image of another version',
    needs: 'version',
    base: 'home',
    from: 'route:',
    wrong: 'server: { image: "ghcr.io/immich-app/immich-server:v3.2.0" }\nroute:',
    right: 'server: { image: "ghcr.io/immich-app/immich-server:v3.3.1-openvino" }\nroute:',
    told: [
      '14:18: server.image: "ghcr.io/immich-app/immich-server:v3.2.0" is not of version "v3.3.1". Change the tag or the version of the installation.',
    ],
  },
  {
    what: 'an image without a tag',
    base: 'home',
    from: 'route:',
    wrong: 'valkey: { image: docker.io/valkey/valkey }\nroute:',
    right: 'valkey: { image: "docker.io/valkey/valkey:9.0" }\nroute:',
    told: [
      '14:18: valkey.image: "docker.io/valkey/valkey" has no tag and would mean latest. Write one, such as docker.io/valkey/valkey:1.2.3.',
    ],
  },
  {
    what: 'an Immich before everything',
    base: 'tachtit',
    from: 'v2.5.0',
    wrong: 'v1.135.0',
    right: 'v2.7.5',
    told: [
      '3:10: version: "v1.135.0" is older than v2.0.0, the oldest that is supported here. Upgrade Immich first, or write a newer version.',
    ],
  },
  {
    what: 'a version that moves',
    base: 'home',
    from: 'v3.3.1',
    wrong: 'latest',
    right: 'v3.0.0',
    told: [
      '3:10: version: "latest" can name another version tomorrow: pods that restart on different days would run different releases, and a database is never migrated back. Write one release, such as v3.3.1.',
    ],
  },
  {
    what: 'an interval that Flux cannot read',
    base: 'home',
    from: 'route:',
    wrong: 'flux: { interval: hourly }\nroute:',
    right: 'flux: { interval: 1h30m }\nroute:',
    told: [
      '14:19: flux.interval: "hourly" is not an interval. Write hours, minutes or seconds, such as "60m".',
    ],
  },
  {
    what: 'a folder outside of the source',
    base: 'home',
    from: 'route:',
    wrong: 'flux: { path: ../dist }\nroute:',
    right: 'flux: { path: ./clusters/dist }\nroute:',
    told: [
      '14:15: flux.path: "../dist" is not a folder inside the source. Write a relative path such as "./dist".',
    ],
  },
  {
    what: 'a label that is none',
    base: 'home',
    from: 'route:',
    wrong: 'monitoring: { labels: { release: kube prometheus } }\nroute:',
    right: 'monitoring: { labels: { release: kube-prometheus } }\nroute:',
    told: [
      '14:34: monitoring.labels.release: "kube prometheus" is not the value of a label. Write at most 63 letters, digits, -, _ and ., with a letter or digit at both ends.',
    ],
  },
  {
    what: 'an annotation that is none',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    service: { annotations: { "example.com/ip pool": lan } }',
    right: 'cnpg:\n    service: { annotations: { example.com/ip-pool: the lan } }',
    told: [
      '10:31: database.cnpg.service.annotations["example.com/ip pool"]: "example.com/ip pool" is not the name of a label. Write letters, digits, -, _ and ., such as release or example.com/team.',
    ],
  },
  {
    what: 'a setting that PostgreSQL cannot have',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    parameters: { work-mem: 16MB }',
    right: 'cnpg:\n    parameters: { work_mem: 16MB, vchordrq.probes: "1" }',
    told: [
      '10:19: database.cnpg.parameters.work-mem: "work-mem" is not the name of a PostgreSQL setting. Write lower-case letters, digits and underscores, such as work_mem.',
    ],
  },
  {
    what: 'a setting that CloudNativePG keeps for itself',
    base: 'home',
    from: 'cnpg:',
    wrong: 'cnpg:\n    parameters: { archive_command: cp }',
    right: 'cnpg:\n    parameters: { archive_timeout: 5min, ssl_max_protocol_version: TLSv1.3 }',
    told: [
      '10:19: database.cnpg.parameters.archive_command: "archive_command" is set by CloudNativePG, whose webhook refuses any other value. Remove it.',
    ],
  },
  {
    what: 'a time zone that there is not',
    base: 'home',
    from: 'host: photos',
    wrong: 'timezone: Europe/Zurch\nhost: photos',
    right: 'timezone: Europe/Zurich\nhost: photos',
    told: [
      '4:11: timezone: "Europe/Zurch" is not a time zone. Write its region and city, such as Europe/Zurich, or Etc/UTC.',
    ],
  },
  {
    what: 'two ways in',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'traefik: {}\n  ingress: { class: nginx }',
    right: 'ingress: { class: nginx }',
    told: ['16:3: route.ingress: "traefik" and "ingress" exclude each other. Keep one of them.'],
    needs: 'rout',
  },
  {
    what: 'a certificate of ours beside a Gateway',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong:
      'certificate: { clusterIssuer: letsencrypt-prod }\n  gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    right: 'gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    told: [
      '15:16: route.certificate: Nobody would show the certificate "letsencrypt-prod". A Gateway has its certificate itself, in its listener. Remove it here.',
    ],
    needs: 'rout',
  },
  {
    what: 'no Gateway',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'gateway: { class: envoy, parents: [] }',
    right: 'gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    told: [
      '15:37: route.gateway.parents: The list is empty. Write at least one entry, or leave the key out.',
    ],
    needs: 'rout',
  },
  {
    what: 'a Middleware for a Gateway',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong:
      'middlewares: [office-only]\n  gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    right: 'middlewares: [office-only]',
    told: [
      '15:16: route.middlewares: "office-only" would be passed over: Middlewares are Traefik\'s, and the way in is gateway here. Remove them, or write traefik.',
    ],
    needs: 'rout',
  },
  {
    what: 'a login of Traefik before an Ingress',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'authentication: { middleware: authelia }\n  ingress: { class: nginx }',
    right: 'authentication: { middleware: authelia }',
    told: [
      '15:19: route.authentication: "authelia" is a Middleware of Traefik, and the way in is ingress here, which does not ask it. Remove it, and ask for the login by annotations of your controller, with a second Ingress of your own for /api and /.well-known/immich, which phones need open.',
    ],
    needs: 'rout',
  },
  {
    what: 'a login of Traefik at a Gateway',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong:
      'authentication: { middleware: authelia }\n  gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    right: 'gateway: { class: envoy, parents: [{ name: external, namespace: gateways }] }',
    told: [
      '15:19: route.authentication: "authelia" is a Middleware of Traefik, and the way in is gateway here, which does not ask it. Remove it, or write traefik.',
    ],
    needs: 'rout',
  },
  {
    what: 'paths open past no login',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'openPaths: [shareLinks]\n  ingress: { class: nginx }',
    right: 'openPaths: []\n  ingress: { class: nginx }',
    told: [
      '15:14: route.openPaths: No login of ours stands before Immich, so that there is nothing to be open past. Remove it.',
    ],
    needs: 'rout',
  },
  {
    what: "Cilium's Gateway and policies of Kubernetes",
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'gateway: { class: cilium, parents: [{ name: external, namespace: gateways }] }',
    right:
      'gateway: { class: cilium, parents: [{ name: external, namespace: gateways }] }\nnetwork: { flavor: cilium }',
    told: [
      '15:21: route.gateway.class: "cilium" sends requests from no pod, and only a policy of Cilium can name it. Write network: { flavor: cilium }, or another class.',
    ],
    needs: 'rout',
  },
  {
    what: 'a way in that nobody knows',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'none: {}',
    right: 'none: {}\nnetwork: { clients: [{ from: { namespace: cloudflared }, why: the tunnel }] }',
    told: [
      '15:9: route.none: Nobody knows here who connects to the server, and network policies keep everybody else out. Write network: { clients: [{ from: { namespace: network }, why: "the proxy" }] } with the namespace of its pods, or { cidr } of its addresses.',
    ],
    needs: 'rout',
  },
  {
    what: 'a Gateway of an unknown program',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'gateway: { class: other, parents: [{ name: external, namespace: gateways }] }',
    right:
      'gateway: { class: other, parents: [{ name: external, namespace: gateways }] }\nnetwork: { policies: false }',
    told: [
      '15:12: route.gateway: Nobody knows here who connects to the server, and network policies keep everybody else out. Write network: { clients: [{ from: { namespace: network }, why: "the proxy" }] } with the namespace of its pods, or { cidr } of its addresses.',
    ],
    needs: 'rout',
  },
  {
    what: 'an Ingress for an unknown controller',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'ingress: { class: haproxy }',
    right: 'ingress: { class: haproxy, namespaces: [haproxy] }',
    told: [
      '15:12: route.ingress: Nobody knows here who connects to the server, and network policies keep everybody else out. Write network: { clients: [{ from: { namespace: network }, why: "the proxy" }] } with the namespace of its pods, or { cidr } of its addresses.',
    ],
    needs: 'rout',
  },
  {
    what: 'a second issuer for an Ingress',
    base: 'home',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'ingress: { class: nginx, annotations: { cert-manager.io/cluster-issuer: letsencrypt } }',
    right: 'certificate: { clusterIssuer: letsencrypt-prod }\n  ingress: { class: nginx }',
    told: [
      '15:75: route.ingress.annotations["cert-manager.io/cluster-issuer"]: "letsencrypt" is asked for a certificate by cert-manager apart from this file. Write route: { certificate: { clusterIssuer: letsencrypt } } instead.',
    ],
    needs: 'rout',
  },
  {
    what: 'further names at no door of ours',
    base: 'home',
    from: 'route:\n  certificate: { clusterIssuer: letsencrypt-prod }',
    wrong:
      'hosts: [{ host: share.example.org }]\nnetwork: { clients: [{ from: { namespace: cloudflared }, why: the tunnel }] }\nroute:\n  none: {}',
    right:
      'network: { clients: [{ from: { namespace: cloudflared }, why: the tunnel }] }\nroute:\n  none: {}',
    told: ['14:8: hosts: There is no route of ours that could answer for them. Remove hosts, or none.'],
    needs: 'host',
  },
  {
    what: 'a name written twice',
    base: 'home',
    from: 'route:\n',
    wrong: 'hosts: [{ host: photos.example.com }]\nroute:\n',
    right: 'hosts: [{ host: share.example.org }]\nroute:\n',
    told: ['14:17: hosts[0].host: "photos.example.com" is written already. Remove it here.'],
    needs: 'host',
  },
  {
    what: 'a chip of Rockchip',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { gpu: rockchip }\nroute:',
    right: 'machineLearning: { gpu: nvidia }\nroute:',
    told: [
      '14:25: machineLearning.gpu: "rockchip" cannot be used. The chips of Rockchip need an unmasked /proc and no AppArmor, which Pod Security refuses, so that the pod would never start here. Remove it.',
    ],
  },
  {
    what: 'a card of nobody',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { gpu: voodoo }\nroute:',
    right: 'machineLearning: { gpu: amd }\nroute:',
    told: ['14:25: machineLearning.gpu: "voodoo" is not one of nvidia, intel, intel-dra, amd.'],
  },
  {
    what: 'an image for a card that is not there',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda" }\nroute:',
    right:
      'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda", gpu: nvidia }\nroute:',
    told: [
      '14:27: machineLearning.image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda" is made for a graphics card, and the pod has none. Write gpu: nvidia, or the image without -cuda.',
    ],
    needs: 'version',
  },
  {
    what: 'an image for another card',
    base: 'home',
    from: 'route:',
    wrong:
      'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda", gpu: intel }\nroute:',
    right:
      'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda", environment: { NVIDIA_VISIBLE_DEVICES: all } }\nroute:',
    told: [
      '14:27: machineLearning.image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda" does not use a card of Intel, which the pod has. Write the image with -openvino at the end of its tag, or leave image out.',
    ],
    needs: 'version',
  },
  {
    what: 'an image for a Mali GPU',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-armnn" }\nroute:',
    right: 'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1" }\nroute:',
    told: [
      '14:27: machineLearning.image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-armnn" is made for a device that it cannot have. A Mali GPU needs /dev/mali0 and a library of the node, mounted by hostPath, which Pod Security refuses, so that the pod would never start here. Write the image without -armnn.',
    ],
    needs: 'version',
  },
  {
    what: 'a card whose maker nobody sees',
    base: 'home',
    from: 'route:',
    wrong: 'machineLearning: { gpu: { resource: squat.ai/dri } }\nroute:',
    right:
      'machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1-openvino", gpu: { resource: squat.ai/dri } }\nroute:',
    told: [
      '14:25: machineLearning.gpu: Whose card "squat.ai/dri" is cannot be seen, so that the image cannot follow it. Write image with a tag that ends in -cuda, -openvino or -rocm.',
    ],
    needs: 'version',
  },
  {
    what: 'transcoding by a card that is not there',
    base: 'home',
    from: 'route:',
    wrong: 'config: { ffmpeg: { accel: qsv } }\nroute:',
    right: 'config: { ffmpeg: { accel: qsv } }\nserver: { gpu: intel }\nroute:',
    told: [
      '14:28: config.ffmpeg.accel: "qsv" needs a graphics card, and the pod that transcodes has none. Write server: { gpu: ... } with nvidia, intel, intel-dra or amd, or accel: disabled.',
    ],
    needs: 'version',
  },
  {
    what: 'transcoding by a card of another maker',
    base: 'home',
    from: 'route:',
    wrong: 'config: { ffmpeg: { accel: qsv } }\nserver: { gpu: nvidia }\nroute:',
    right: 'config: { ffmpeg: { accel: nvenc } }\nserver: { gpu: nvidia }\nroute:',
    told: ['14:28: config.ffmpeg.accel: "qsv" cannot use a card of NVIDIA. Write nvenc, or leave it out.'],
    needs: 'version',
  },
  {
    what: 'transcoding by a chip of Rockchip',
    base: 'home',
    from: 'route:',
    wrong: 'config: { ffmpeg: { accel: rkmpp } }\nroute:',
    right: 'config: { ffmpeg: { accel: disabled } }\nroute:',
    told: [
      '14:28: config.ffmpeg.accel: "rkmpp" cannot be used. The chips of Rockchip need an unmasked /proc and no AppArmor, which Pod Security refuses, so that the pod would never start here. Write disabled.',
    ],
    needs: 'version',
  },
  {
    what: 'a claim that Kubernetes may not know',
    base: 'home',
    from: 'route:',
    wrong: 'server: { gpu: intel-dra }\nroute:',
    right: 'server: { gpu: intel-dra }\nkubernetes: "1.34"\nroute:',
    told: [
      '14:16: server.gpu: "intel-dra" claims the card by resource.k8s.io/v1, which Kubernetes has from 1.34 on. Write kubernetes: "1.34", or what the cluster has, or intel for a device plugin.',
    ],
    needs: 'version',
  },
  {
    what: 'a claim that Kubernetes does not know',
    base: 'home',
    from: 'route:',
    wrong: 'server: { gpu: intel-dra }\nkubernetes: "1.33"\nroute:',
    right: 'server: { gpu: intel }\nkubernetes: "1.33"\nroute:',
    told: [
      '14:16: server.gpu: "intel-dra" claims the card by resource.k8s.io/v1, which Kubernetes has from 1.34 on, and the cluster has 1.33. Write kubernetes: "1.34", or what the cluster has, or intel for a device plugin.',
    ],
    needs: 'version',
  },
  {
    what: 'a version of Kubernetes that YAML reads as a number',
    base: 'home',
    from: 'route:',
    wrong: 'kubernetes: 1.34\nroute:',
    right: 'kubernetes: "1.34"\nroute:',
    told: [
      '14:13: kubernetes: 1.34 is read as a number here, without zeros at its end. Put what you wrote in quotes.',
    ],
  },
];
