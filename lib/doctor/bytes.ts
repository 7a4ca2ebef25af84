/** An amount of bytes as people say it: `512 MiB`, `3.4 GiB`. */
export function bytesText(bytes: number): string {
  const unit = units.find(({ size }) => bytes >= size);
  if (unit === undefined) return `${Math.round(bytes)} bytes`;
  const amount = bytes / unit.size;
  return `${amount < 10 ? Number(amount.toFixed(1)) : Math.round(amount)} ${unit.name}`;
}

const units = ['TiB', 'GiB', 'MiB', 'KiB'].map((name, index) => ({ name, size: 1024 ** (4 - index) }));
