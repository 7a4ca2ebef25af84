import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import {
  parseAzureDestination,
  parseBucket,
  parseCidr,
  parseEndpoint,
  parseNfsPath,
  parseNfsServer,
} from '../../lib/values/locations.ts';
import { message, value } from './outcome.ts';

describe('parseAzureDestination', () => {
  test('reads account, container and folders', () => {
    const text = 'https://seyzahldata.blob.core.windows.net/immich';
    expect(value(parseAzureDestination(text))).toEqual({ text, account: 'seyzahldata', container: 'immich' });
    expect(value(parseAzureDestination(`${text}/home/db_1.x`)).prefix).toBe('home/db_1.x');
  });

  test.each([
    [
      'azure://immich/home',
      'has a scheme that Barman does not know. Write it as https://<account>.blob.core.windows.net/<container>.',
    ],
    ['s3://immich', 'is not in Azure.'],
    [
      'http://abc.blob.core.windows.net/immich',
      'is not encrypted. Write https://abc.blob.core.windows.net/immich.',
    ],
    ['https://abc.blob.core.windows.net', 'names no container.'],
    ['https://abc.blob.core.windows.net/', 'names no container.'],
    [
      'https://abc.blob.core.windows.net/immich/',
      'ends with a slash. Write https://abc.blob.core.windows.net/immich.',
    ],
    ['https://Abc.blob.core.windows.net/immich', 'has the account "Abc"'],
    ['https://ab.blob.core.windows.net/immich', 'has the account "ab"'],
    ['https://a-b.blob.core.windows.net/immich', 'has the account "a-b"'],
    ['https://abc.blob.core.windows.net/im', 'has the container "im"'],
    ['https://abc.blob.core.windows.net/im--mich', 'has the container "im--mich"'],
    ['https://abc.blob.core.windows.net/Immich', 'has the container "Immich"'],
    ['https://abc.blob.core.windows.net/immich/a//b', 'is not an address in Azure Blob Storage.'],
    ['https://abc.blob.core.windows.net/immich/../x', 'has the folder ".."'],
    ['https://abc.blob.core.windows.net/immich/a b', 'has the folder "a b"'],
    ['https://abc.blob.example.com/immich', 'is not an address in Azure Blob Storage.'],
    ['', 'is not an address in Azure Blob Storage.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseAzureDestination(text))).toContain(problem);
  });
});

describe('parseEndpoint', () => {
  test.each([
    ['https://s3.example.com', 's3.example.com', 443, true],
    ['http://minio.storage.svc:9000', 'minio.storage.svc', 9000, false],
    ['http://minio', 'minio', 80, false],
    ['https://10.0.0.1:8443', '10.0.0.1', 8443, true],
    ['https://[fd00::1]:9000', '[fd00::1]', 9000, true],
  ])('reads %s', (text, host, port, tls) => {
    expect(value(parseEndpoint(text))).toEqual({ text, host, port, tls });
  });

  test.each([
    ['s3.example.com', 'has no scheme.'],
    ['ftp://s3.example.com', 'is not an https:// or http:// address.'],
    ['s3://immich', 'is a bucket, not the address of a service.'],
    [
      'https://s3.example.com/',
      'has a path; bucket and folders have fields of their own. Write https://s3.example.com.',
    ],
    ['https://s3.example.com:9000/immich', 'Write https://s3.example.com:9000.'],
    ['https://', 'has no valid host and port.'],
    ['https://s3.example.com:0', 'has no valid host and port.'],
    ['https://s3.example.com:65536', 'has no valid host and port.'],
    ['https://s3.example.com:x', 'has no valid host and port.'],
    ['https://S3.example.com', 'has capital letters. Write s3.example.com.'],
    ['https://s3_x.example.com', 'has the part "s3_x"'],
    ['https://[10.0.0.1]', 'has the part "[10"'],
    ['https://fd00::1', 'has no valid host and port.'],
    ['https://s3.example.com?x=1', 'has a query'],
    ['', 'is empty.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseEndpoint(text))).toContain(problem);
  });
});

describe('parseBucket', () => {
  test.each(['immich-backups', 'abc', 'a.b.c', '0'.repeat(63)])('reads %s', (text) => {
    expect(value(parseBucket(text))).toBe(text);
  });

  test.each([
    ['s3://immich/home', 'Write the name of the bucket alone, immich.'],
    ['Immich', 'has capital letters. Write immich.'],
    ['ab', 'is not the name of a bucket.'],
    ['a..b', 'is not the name of a bucket.'],
    ['-abc', 'is not the name of a bucket.'],
    ['immich_db', 'is not the name of a bucket.'],
    ['0'.repeat(64), 'is not the name of a bucket.'],
    ['10.0.0.1', 'is an IP address.'],
    ['xn--abc', 'has xn--, which S3 keeps for itself.'],
    ['abc-s3alias', 'has -s3alias, which S3 keeps for itself.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseBucket(text))).toContain(problem);
  });
});

describe('parseNfsPath', () => {
  test.each(['/', '/export', '/export/immich/library', '/mnt/Tank 1/..photos'])('reads %s', (text) => {
    expect(value(parseNfsPath(text))).toBe(text);
  });

  test.each([
    ['', 'is empty.'],
    ['export/immich', 'is not an absolute path.'],
    ['/export/../etc', 'has a part that is . or ..'],
    ['/export/.', 'has a part that is . or ..'],
    ['/export//immich', 'has a slash too many. Write "/export/immich".'],
    ['/export/', 'has a slash too many. Write "/export".'],
    ['/export\n', 'has control characters.'],
    [`/${'x'.repeat(1024)}`, 'has 1025 characters.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseNfsPath(text))).toContain(problem);
  });
});

describe('parseNfsServer', () => {
  test.each(['nas', 'nas.example.net', '10.0.0.1', 'fd00::1'])('reads %s', (text) => {
    expect(value(parseNfsServer(text))).toBe(text);
  });

  test.each([
    ['nas:/export', 'has a path. Write nas as the server and "/export" as the path.'],
    ['nas/export', 'has a path. Write nas as the server and "/export" as the path.'],
    ['nfs://nas/export', 'starts with nfs://.'],
    ['NAS', 'has capital letters. Write nas.'],
    ['999.1.1.1', 'ends in a number'],
    ['fe80::1%eth0', 'has a port'],
    ['nas server', 'has the part "nas server"'],
    ['', 'is empty.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseNfsServer(text))).toContain(problem);
  });
});

describe('parseCidr', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', 8, 4],
    ['0.0.0.0/0', '0.0.0.0', 0, 4],
    ['10.1.2.3/32', '10.1.2.3', 32, 4],
    ['fd00::/8', 'fd00::', 8, 6],
    ['::/0', '::', 0, 6],
    ['2001:db8:0:0:1::/80', '2001:db8:0:0:1::', 80, 6],
    ['::1/128', '::1', 128, 6],
  ])('reads %s', (text, address, length, family) => {
    expect(value(parseCidr(text))).toEqual({ text, address, length, family });
  });

  test.each([
    ['10.0.0.1', 'has no length. Write 10.0.0.1/32 for this address alone.'],
    ['fd00::1', 'has no length. Write fd00::1/128 for this address alone.'],
    ['10.0.0.1/8', 'has bits set after the first 8.'],
    ['10.0.0.0/33', 'has a length that is not 0 to 32.'],
    ['10.0.0.0/08', 'has a length that is not 0 to 32.'],
    ['10.0.0.0/', 'has a length that is not 0 to 32.'],
    ['fd00::1/64', 'has bits set after the first 64.'],
    ['2001:db8::1:0:0/80', 'has bits set after the first 80.'],
    ['fd00::/129', 'has a length that is not 0 to 128.'],
    ['::ffff:10.0.0.0/104', 'is an IPv4 address in the form of IPv6.'],
    ['fe80::%eth0/64', 'is not a block of addresses.'],
    ['10.0.0.0/8/8', 'is not a block of addresses.'],
    ['010.0.0.0/8', 'is not a block of addresses.'],
    ['', 'is not a block of addresses.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(message(parseCidr(text))).toContain(problem);
  });

  test('reads an IPv6 address the same in its long and its short form', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.nat(128), (parts, length) => {
        const long = parts.map((part) => part.toString(16)).join(':');
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        expect(isIPv6(short)).toBe(true);
        expect(parseCidr(`${short}/${length}`).ok).toBe(parseCidr(`${long}/${length}`).ok);
      }),
    );
  });
});
