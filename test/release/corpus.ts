import { home as plain, tachtit as shares } from '../changes/bases.ts';
import { edited, shippedTexts } from '../installation/example.ts';

/** Installation files whose dist is kept at each release: the references, and what they have nothing of. */
export const corpus: ReadonlyMap<string, string> = new Map([
  ...Object.entries(shippedTexts).map(([name, text]) => [`installations/${name}.yaml`, text] as const),
  [
    'installations/cilium.yaml',
    `${edited(plain, ['name: home', 'name: cilium'], ['host: photos.example.com', 'host: cilium.example.com'])}network: { flavor: cilium }
monitoring: { enabled: true }
config: { storageTemplate: { enabled: true } }
`,
  ],
  [
    'installations/copied.yaml',
    edited(
      plain,
      ['name: home', 'name: copied'],
      ['host: photos.example.com', 'host: copied.example.com\nnamespace: copied'],
      ['backup: none, reason: test', 'backup: { volsync: {} }'],
      ['    storage:', '    instances: 3\n    lineage: v2\n    storage:'],
    ),
  ],
  [
    'installations/shares.yaml',
    edited(
      shares,
      ['name: tachtit', 'name: shares'],
      ['volumes:\n', 'server: { microservices: { separate: true } }\nvolumes:\n'],
    ),
  ],
]);
