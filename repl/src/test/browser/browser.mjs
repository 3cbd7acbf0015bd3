// The browser: Debian's chromium, which asks nobody anything by itself; without its windows where it is there as such, which takes less of a busy machine.

import {createRequire} from 'node:module';
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** From the folder in which npm has put what the tests need. */
export const needed = createRequire(join(process.env.LANEWISE_BROWSER ?? process.cwd(), 'any.js'));

const PROGRAMS = ['chromium-headless-shell', 'chromium'];
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch(...more) {
  const folders = process.env.PATH.split(delimiter), program = PROGRAMS.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync);
  return needed('playwright-core').chromium.launch({executablePath: program, args: [...process.getuid?.() === 0 ? ['--no-sandbox'] : [], ...QUIET, ...more]});
}
