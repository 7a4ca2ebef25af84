import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/** A key of age: https://github.com/C2SP/C2SP/blob/main/age.md */
export interface AgeKey {
  /** What others encrypt for, `age1...`. */
  readonly recipient: string;
  /** What decrypts it, `AGE-SECRET-KEY-1...`. */
  readonly identity: string;
}

/** A new key. */
export function ageKey(): AgeKey {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    recipient: bech32('age', publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
    identity: bech32(
      'age-secret-key-',
      privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32),
    ).toUpperCase(),
  };
}

/** A few bytes for a recipient, in letters. */
export function encryptFor({ identity }: AgeKey, content: Buffer): string {
  const publicOf = publicKeyOf(identity);
  const ephemeral = generateKeyPairSync('x25519');
  const share = ephemeral.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: publicOf.key });
  const fileKey = randomBytes(16);
  const wrapKey = derive(shared, Buffer.concat([share, publicOf.bytes]), 'age-encryption.org/v1/X25519');
  const head = `age-encryption.org/v1\n-> X25519 ${letters(share)}\n${letters(seal(wrapKey, Buffer.alloc(12), fileKey))}\n---`;
  const mac = createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(head)
    .digest();
  const nonce = randomBytes(16);
  // The first and last chunk: https://github.com/C2SP/C2SP/blob/main/age.md#payload
  const chunk = Buffer.concat([Buffer.alloc(11), Buffer.from([1])]);
  const payload = seal(derive(fileKey, nonce, 'payload'), chunk, content);
  const file = Buffer.concat([Buffer.from(`${head} ${letters(mac)}\n`), nonce, payload]);
  const lines = file.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN AGE ENCRYPTED FILE-----', ...lines, '-----END AGE ENCRYPTED FILE-----', ''].join('\n');
}

/** What stands in front of the 32 bytes of a private key, as PKCS #8 has it. */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

function publicKeyOf(identity: string) {
  const bytes = fromBech32(identity.toLowerCase());
  const key = createPublicKey(
    createPrivateKey({ key: Buffer.concat([privatePrefix, bytes]), format: 'der', type: 'pkcs8' }),
  );
  return { key, bytes: key.export({ type: 'spki', format: 'der' }).subarray(-32) };
}

function derive(secret: Buffer, salt: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
}

function seal(key: Buffer, nonce: Buffer, content: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function letters(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki */
function bech32(prefix: string, bytes: Buffer): string {
  const words = regroup([...bytes], 8, 5);
  const sum = checksum([...expanded(prefix), ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >> shift) & 31);
  return `${prefix}1${[...words, ...check].map((word) => alphabet[word]).join('')}`;
}

function fromBech32(text: string): Buffer {
  const words = [...text.slice(text.lastIndexOf('1') + 1, -6)].map((letter) => alphabet.indexOf(letter));
  return Buffer.from(regroup(words, 5, 8).slice(0, 32));
}

function regroup(words: readonly number[], from: number, to: number): number[] {
  const bits = words.map((word) => word.toString(2).padStart(from, '0')).join('');
  const groups = bits.match(new RegExp(`.{1,${to}}`, 'g')) ?? [];
  return groups.map((group) => Number.parseInt(group.padEnd(to, '0'), 2));
}

function expanded(prefix: string): number[] {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function checksum(words: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  return words.reduce((before, word) => {
    const top = before >> 25;
    const next = ((before & 0x1ffffff) << 5) ^ word;
    return generators.reduce((sum, generator, bit) => ((top >> bit) & 1 ? sum ^ generator : sum), next);
  }, 1);
}
