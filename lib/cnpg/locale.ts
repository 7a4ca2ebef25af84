/**
 * What PostgreSQL takes for letters in our databases. CloudNativePG's default is `C`, where only those of English are
 * letters: trigrams of other alphabets are empty and upper case stays apart, so that Immich's search finds nothing. The
 * order of texts stays that of bytes, so that no newer library of the system reorders an index.
 * https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.0/api/v1/cluster_defaults.go
 */
export const databaseCtype = 'C.UTF-8';
