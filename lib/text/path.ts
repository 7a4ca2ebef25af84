/** The way from a document to one of its values, as in `['spec', 'containers', 0, 'image']`. */
export type Path = readonly (string | number)[];
