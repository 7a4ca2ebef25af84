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
]);
