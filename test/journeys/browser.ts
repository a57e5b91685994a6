/** Chromium as the machine has it, with nothing of its own going on in the background. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * `microphone`: a wav file that the fake microphone plays round and round; `camera`: an mjpeg file that the fake camera
 * shows. Permission is then given unasked.
 */
export async function openBrowser(microphone?: string, camera?: string): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? paths.find((path) => existsSync(path))
  if (!executablePath) throw new Error('Chromium is not installed: `npm test` brings it, or set CHROMIUM to its path')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=user-gesture-required',
      ...(camera
        ? [
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
            `--use-file-for-fake-video-capture=${camera}`,
          ]
        : []),
      ...(microphone
        ? [
            '--use-fake-device-for-media-stream',
            '--use-fake-ui-for-media-stream',
            `--use-file-for-fake-audio-capture=${microphone}`,
          ]
        : []),
    ],
  })
}
