import { type Field, isUnknown } from '../../manifests/field.ts';

/** The hosts that a Certificate of cert-manager names; undefined when some are not known. */
export function certificateNames(certificate: Field): string[] | undefined {
  const names = [
    ...certificate.at('spec', 'dnsNames').texts,
    ...(certificate.at('spec', 'commonName').text === undefined
      ? []
      : [certificate.at('spec', 'commonName').text ?? '']),
  ];
  return names.some(isUnknown) ? undefined : names;
}

/** Whether a name of a certificate is good for a host: a wildcard stands for one label. */
export function covers(name: string, host: string): boolean {
  return (
    name.toLowerCase() === host.toLowerCase() ||
    (name.startsWith('*.') && host.slice(host.indexOf('.') + 1).toLowerCase() === name.slice(2).toLowerCase())
  );
}
