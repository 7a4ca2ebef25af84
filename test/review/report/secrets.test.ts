import { githubAnnotations, sarifOf } from '../../../lib/review/report/findings.ts';
import { jsonReview } from '../../../lib/review/report/json.ts';
import { markdownReport } from '../../../lib/review/report/markdown.ts';
import { textReview } from '../../../lib/review/report/text.ts';
import { reviewOf } from '../../../lib/review/review.ts';
import { plain } from '../../../lib/text/style.ts';
import { change } from '../trees.ts';

const reports = {
  markdownReport,
  jsonReview,
  githubAnnotations,
  sarifOf,
  text: (review: Parameters<typeof jsonReview>[0]) => textReview(review, plain),
};

/** Secrets in places where people put them by mistake, each in a state that changes. */
const planted = (tag: string) => {
  const secrets = [`hunter2-${tag}-Zq81`, `wordless${tag}`, `s3cr3t-${tag}-bucket-key`, `Pa55-${tag}-w0rd`];
  const [data = '', word = '', key = '', password = ''] = secrets;
  const texts = {
    'immich/secret.yaml': `{ apiVersion: v1, kind: Secret, metadata: { name: immich, namespace: immich }, stringData: { a: ${data}, b: ${word} } }`,
    'immich/server.yaml': `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: immich-server, namespace: immich }, spec: { template: { spec: { containers: [
      { name: server, image: "ghcr.io/immich-app/immich-server:v3.3.1", env: [{ name: DB_PASSWORD, value: ${password} }, { name: DB_URL, value: "postgres://immich:${password}@db/immich" }] }] } } } }`,
    'immich/store.yaml': `{ apiVersion: barmancloud.cnpg.io/v1, kind: ObjectStore, metadata: { name: immich, namespace: immich }, spec: { configuration: { destinationPath: "s3://user:${key}@host/${tag}", endpointURL: "https://user:${key}@host" } } }`,
    'immich/db.yaml': `{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: immich, namespace: immich }, spec: { imageName: "registry.example.com/${tag}:17.1-1.1.1", storage: { size: "${tag === 'one' ? 5 : 4}Gi" } } }`,
  };
  return { secrets, texts };
};

test.each(Object.entries(reports))('%s shows no secret', (_, report) => {
  const [one, other] = [planted('one'), planted('other')];
  const review = reviewOf(change(one.texts, other.texts));
  expect(review.changes.length).toBeGreaterThan(0);
  const text = report(review);
  for (const secret of [...one.secrets, ...other.secrets]) expect(text).not.toContain(secret);
});

test('a secret in the name of an object, in a label and in what an acceptance says is not shown', () => {
  const secret = 'AKIAIOSFODNN7EXAMPLE';
  const claim = (size: string) =>
    `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: immich, namespace: immich, labels: { token: Zx9-${secret} } }, spec: { storageClassName: "Zx9-${secret}-${size}", resources: { requests: { storage: ${size} } } } }`;
  const review = reviewOf(change({ 'immich/a.yaml': claim('5Gi') }, { 'immich/a.yaml': claim('4Gi') }));
  expect(review.verdict).toBe('refused');
  for (const report of Object.values(reports)) expect(report(review)).not.toContain(secret);
});
