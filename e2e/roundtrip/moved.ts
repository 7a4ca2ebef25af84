/** A script with other folders. The longest name first, as one begins with another. */
export function moved(text: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places)
    .sort(([one], [other]) => other.length - one.length)
    .reduce(
      (before, [from, to]) => before.replaceAll(new RegExp(`(?<![\\w/])${from}(?=[/ \\n])`, 'g'), to),
      text,
    );
}
