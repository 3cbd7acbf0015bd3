// The cases, in one browser. They need npm's playwright-core and axe-core, in a folder that LANEWISE_BROWSER names, and Debian's chromium.
//   node run.mjs --list                     their names
//   node run.mjs ADDRESS [NAME …]           these or all, at a server that serves the scripts of BrowserTest
//   node run.mjs                            reads lines `NAME ADDRESS`; after each it prints `passed NAME` or `failed NAME`; `close` asks for the end of that server
// What a case that failed had on its screen is in NAME-0.png, where it was started.

import {createInterface} from 'node:readline';
import {launch} from './browser.mjs';
import {Visit} from './visit.mjs';
import * as connection from './connection.mjs';
import * as drawing from './drawing.mjs';
import * as keyboard from './keyboard.mjs';
import * as lessons from './lessons.mjs';
import * as look from './look.mjs';
import * as script from './script.mjs';
import * as training from './training.mjs';
import * as walk from './walk.mjs';

const cases = {...drawing, ...training, ...connection, ...script, ...walk, ...keyboard, ...lessons, ...look};
const [address, ...names] = process.argv.slice(2);

if (address === '--list') {
  console.log(Object.keys(cases).join('\n'));
} else {
  const browser = await launch();
  if (address) await all(browser, names.length ? names : Object.keys(cases)); else await asked(browser);
  await browser.close();
}

async function all(browser, wanted) {
  for (const name of wanted) if (!await passes(browser, name, address)) process.exitCode = 1;
}

async function asked(browser) {
  for await (const line of createInterface({input: process.stdin})) await passes(browser, ...line.split(' '));
}

async function passes(browser, name, at) {
  const visit = new Visit(browser, at, () => console.log('close')), start = performance.now();
  try {
    if (!cases[name]) throw new Error('there is no such case');
    await cases[name](visit);
    if (visit.faults.length) throw new Error([...visit.faults, ...visit.refusals].join('\n'));
    console.log(`passed ${name} ${Math.round(performance.now() - start)} ms`);
    return true;
  } catch (fault) {
    await visit.shoot(name);
    console.log([fault.stack, ...visit.faults].join('\n'));
    console.log(`failed ${name} ${Math.round(performance.now() - start)} ms`);
    return false;
  } finally {
    await visit.end();
  }
}
