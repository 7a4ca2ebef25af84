/** A text as PostgreSQL reads it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A row of a VALUES list; what is undefined is null, of type text. */
export function row(...columns: readonly (string | undefined)[]): string {
  return `(${columns.map((column) => (column === undefined ? 'null::text' : literal(column))).join(', ')})`;
}
