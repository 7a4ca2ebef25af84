import { adoptRepository } from '../../lib/adoption/adoption.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';

/** The files of dist without their first line, which names the installation file. */
function distOf(name: string, text: string): Record<string, string> {
  const { files, problems } = synthesize(new Map([[`installations/${name}.yaml`, text]]));
  if (files === undefined) {
    throw new Error(problems.map(({ key, message }) => `${key}: ${message}`).join('\n'));
  }
  return Object.fromEntries([...files].filter(([path]) => path.endsWith('.yaml')));
}

test.each(Object.entries(shippedTexts))(
  'adopting the dist of %s gives a file with the same dist',
  (name, text) => {
    const dist = distOf(name, text);
    const adoption = adoptRepository(readRepository(filesOf('.', new Map(Object.entries(dist)))), {
      name,
      schema: undefined,
    });
    expect(adoption?.problems).toEqual([]);
    expect(distOf(name, adoption?.standIn ?? '')).toEqual(dist);
  },
);
