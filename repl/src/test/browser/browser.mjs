// The browser: Debian's chromium, which asks nobody anything by itself.

import {createRequire} from 'node:module';
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** From the folder in which npm has put what the tests need. */
export const needed = createRequire(join(process.env.LANEWISE_BROWSER ?? process.cwd(), 'any.js'));

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch(...more) {
  const program = process.env.PATH.split(delimiter).map(folder => join(folder, 'chromium')).find(existsSync);
  return needed('playwright-core').chromium.launch({executablePath: program, args: [...process.getuid?.() === 0 ? ['--no-sandbox'] : [], ...QUIET, ...more]});
}
