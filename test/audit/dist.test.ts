import { nodeFiles } from '../../cli/node-files.ts';
import { audit } from '../../lib/audit/audit.ts';
import { readRepository } from '../../lib/repository/repository.ts';

test('what synth writes has no findings, read as any other folder', () => {
  const { inventory, objects, skipped } = readRepository(nodeFiles('dist'));
  expect(objects).toBeGreaterThan(0);
  expect(skipped).toEqual([]);
  expect(inventory.workloads.length).toBeGreaterThan(0);
  expect(audit(inventory)).toEqual([]);
});
