/** A span of time as people say it: `40 minutes`, `5 hours`, `3 days`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}

function count(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
