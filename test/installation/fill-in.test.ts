import { fillIn } from '../../lib/installation/fill-in.ts';
import { edited, home, told } from './example.ts';

test('a value that is still to be filled in is told once, with its place and what it is', () => {
  const marked = edited(home, ['photos.example.com', `"${fillIn('the name of your host')}"`]);
  expect(told(marked, 'error')).toEqual([
    '4:7: host: "<fill in: the name of your host>" is still to be filled in. Write the name of your host.',
  ]);
});

test('so is one in a place where any text would do', () => {
  const marked = edited(home, ['bucket: immich-backups', `bucket: "${fillIn('your S3 bucket')}"`]);
  expect(told(marked, 'error')).toEqual([
    '13:21: database.cnpg.backup.s3.bucket: "<fill in: your S3 bucket>" is still to be filled in. Write your S3 bucket.',
  ]);
});

test('a text that looks a little like it is a text', () => {
  const namesake = edited(home, ['name: home', 'name: home\ntimezone: "<fill in>"']);
  expect(told(namesake, 'error').join()).not.toContain('is still to be filled in');
});

test('a list that is part of itself ends', () => {
  expect(told('&file [*file, "<fill in: a name>"]', 'error').join('\n')).toContain('Write a name.');
});
