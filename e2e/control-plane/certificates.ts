import { generateKeyPairSync } from 'node:crypto';
import { md, pki } from 'node-forge';

/** A certificate with its key, both as PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

/** Signs certificates for one run; nothing outside the run trusts it. */
export interface Authority {
  /** The authority's own certificate as PEM. */
  readonly certificate: string;
  /** For a server, with its names and addresses. */
  readonly server: (names: readonly string[], addresses: readonly string[]) => CertificateAndKey;
  /** For a client; Kubernetes reads the user from `name` and the groups from `groups`. */
  readonly client: (name: string, groups: readonly string[]) => CertificateAndKey;
}

/** An RSA key pair as PEM, as kube-apiserver wants it for service account tokens. */
export function keyPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

export function createAuthority(): Authority {
  const keys = keyPair();
  const subject = [{ name: 'commonName', value: 'immich-cdk8s e2e' }];
  const certificate = sign(keys.publicKey, subject, subject, keys.privateKey, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
  ]);
  const issue = (names: pki.CertificateField[], extensions: object[]): CertificateAndKey => {
    const own = keyPair();
    return {
      certificate: sign(own.publicKey, names, subject, keys.privateKey, extensions),
      key: own.privateKey,
    };
  };
  return {
    certificate,
    server: (names, addresses) =>
      issue(
        [{ name: 'commonName', value: names[0] ?? addresses[0] ?? 'server' }],
        [
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              ...names.map((value) => ({ type: dnsName, value })),
              ...addresses.map((ip) => ({ type: ipAddress, ip })),
            ],
          },
        ],
      ),
    client: (name, groups) =>
      issue(
        [
          ...groups.map((value) => ({ name: 'organizationName', value })),
          { name: 'commonName', value: name },
        ],
        [{ name: 'extKeyUsage', clientAuth: true }],
      ),
  };
}

/** The two kinds of GeneralName that a server certificate needs: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const dnsName = 2;
const ipAddress = 7;

let serial = 0;

function sign(
  publicKey: string,
  subject: pki.CertificateField[],
  issuer: pki.CertificateField[],
  issuerKey: string,
  extensions: object[],
): string {
  const certificate = pki.createCertificate();
  serial += 1;
  certificate.serialNumber = serial.toString(16).padStart(2, '0');
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // From yesterday, in case a program compares with a clock that is behind.
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(issuerKey), md.sha256.create());
  return pki.certificateToPem(certificate);
}
