import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from '@cdk8s/imports-cert-manager';
import type { Construct } from 'constructs';
import type { RouteCertificate } from '../installation/route.ts';
import { ownLabels } from '../kubernetes/labels.ts';

/** The Secret with the certificate of a route, in its namespace, where proxies look for it. None is the proxy's own. */
export function certificateSecretOf(name: string, certificate: RouteCertificate | undefined) {
  if (certificate === undefined) return undefined;
  return certificate.kind === 'secret' ? certificate.name : `${name}-tls`;
}

/** Asks cert-manager for the certificate of some hosts, where an issuer is named. */
export function routeCertificate(
  scope: Construct,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly hosts: readonly string[];
    readonly certificate: RouteCertificate | undefined;
  },
): void {
  const { name, namespace, hosts, certificate } = props;
  const secretName = certificateSecretOf(name, certificate);
  if (certificate?.kind !== 'issuer' || secretName === undefined) return;
  new Certificate(scope, 'certificate', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      secretName,
      dnsNames: [...hosts],
      issuerRef: { group: 'cert-manager.io', kind: certificate.issuer, name: certificate.name },
      privateKey: {
        algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
        size: 256,
        rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
      },
      revisionHistoryLimit: 1,
      // Not a number of hours: authorities shorten their certificates, and a fixed time would renew without end.
      renewBeforePercentage: 33,
    },
  });
}
