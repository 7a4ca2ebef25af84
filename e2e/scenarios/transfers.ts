import type { Browser } from '../control-plane/browser.ts';

/** Stands for Traefik's default of 60 s, so that the test does not have to take longer than that. */
export const shortTimeout = '4s';
/** How long the uploads take: well over the short timeout. */
const uploadSeconds = 7;

/** Tests that a websocket, a slow upload and a slow download come through a door, and that a short timeout cuts them off. */
export function carriesWhatImmichNeeds(
  door: () => { readonly browser: Browser; readonly transfers: Transfers },
): void {
  test('a websocket opens and carries data both ways', async () => {
    expect(await door().browser.echo('/api/socket.io/', 'hello')).toBe('hello');
  });

  test('a 2 GiB upload that takes longer than the short timeout arrives whole', async () => {
    expect(await door().transfers.upload).toMatchObject({ status: 200, body: `${size}` });
  });

  test("control: with a read timeout like Traefik's own default, the same upload is cut off", async () => {
    const { outcome, seconds } = await door().transfers.control;
    expect(outcome).not.toBe('200');
    expect(seconds).toBeLessThan(uploadSeconds);
  });

  test('a download that takes longer than the short timeout is not cut off', async () => {
    expect(await door().transfers.download).toMatchObject({ status: 200, length: 60 * 65_536 });
  });
}

const size = 2 ** 31;

/** What takes its time, all at once. */
export function startTransfers(ours: Browser, short: Browser) {
  const started = Date.now();
  const control = short.upload('/api/assets', size, uploadSeconds).then(
    ({ status }) => `${status}`,
    (error: unknown) => String(error),
  );
  const upload = ours.upload('/api/assets', size, uploadSeconds);
  const download = short.get('/api/download/60');
  // Their tests ask for them later; until then a failure is nobody's.
  Promise.allSettled([upload, download]);
  return {
    upload,
    control: control.then((outcome) => ({ outcome, seconds: (Date.now() - started) / 1000 })),
    download,
  };
}

export type Transfers = ReturnType<typeof startTransfers>;
