/**
 * The indexes that Immich searches by content and by face with, as its server calls them:
 * https://docs.immich.app/administration/postgres-standalone
 */
export const vectorIndexes = ['clip_index', 'face_index'] as const;

/** The statements that build them anew beside the old ones, so that nothing waits for it. */
export const reindexStatements = vectorIndexes.map((index) => `REINDEX INDEX CONCURRENTLY ${index};`);
