/** What is meant by the place of a value: where it begins, where its key begins, or, of lists and mappings, their key. */
export type Mark = 'value' | 'key' | 'heading';
