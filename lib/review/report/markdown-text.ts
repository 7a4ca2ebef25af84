/** The most characters of one sentence or step; each may become several when it is escaped. */
const longest = 1500;

/**
 * A text as Markdown that shows it and does nothing: names in manifests are chosen by whoever opens the pull request,
 * and may neither end a list, nor draw a picture, nor call people. Commands of ours are shown as code.
 */
export function markdownText(text: string): string {
  const line = plainLine(text);
  let out = '';
  let at = 0;
  for (const { index, 0: command } of line.matchAll(commandForm)) {
    out += escapeMarkdown(line.slice(at, index)) + codeText(command);
    at = index + command.length;
  }
  return out + escapeMarkdown(line.slice(at));
}

/** A text as code, on one line. */
export function codeText(text: string): string {
  return `\`${plainLine(text).replaceAll('`', "'")}\``;
}

/** From the name of a program to the end of what belongs to it. */
const commandForm =
  /(?<=^|: |then |with )(?:kubectl|git|flux|npm|npx) [a-z][^,;]*?(?=\.?$|[,;]|\. |, then |: )/g;

/** Without line ends, characters that turn the direction of writing, and others that are not seen. */
function plainLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Cf}/gu, '');
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}

function escapeMarkdown(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*_[\]|~]/g, '\\$&')
      // Neither mentions nor references to issues: GitHub looks for them in what is left after Markdown.
      .replace(/@(?=[a-z0-9])/gi, '@<!-- -->')
      .replace(/#(?=\d)/g, '#<!-- -->')
  );
}
