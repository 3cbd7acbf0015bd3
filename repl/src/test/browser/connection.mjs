// The line to the server: dropped, or gone for good; and the link that somebody shares.

import {canvasOf, check, epochs, equal, fragmentOf, known, openFile, phase, text, until, untilEpochs, untilText, usable} from './visit.mjs';

export async function aDroppedStreamComesBack(visit) {
  visit.allow(/net::ERR_INTERNET_DISCONNECTED|net::ERR_NETWORK_CHANGED|net::ERR_FAILED/);
  const page = await visit.open();
  await openFile(page, 'long.net');
  await page.click('#train');
  await untilEpochs(page, 0);
  await page.context().setOffline(true);
  // What is open stays open while one is off line: whoever connects anew has nobody there.
  await page.evaluate(async () => (await import('./events.js')).connect());
  await untilText(page, '#status', 'reconnecting …');
  const x = await epochs(page);
  check(await page.locator('#text').isEditable() && await page.locator('#pad').isVisible(), 'the page is not usable while it reconnects');
  await page.context().setOffline(false);
  await untilEpochs(page, x);
  await until(page, () => !document.querySelector('#status').textContent.includes('reconnecting'));
  check(await page.locator('#banner').isHidden(), 'the server is said to be gone');
  await page.click('#stop');
  await until(page, async () => (await import('./store.js')).state.phase === 'ready');
}

export async function aClosedServerTellsTheCommand(visit) {
  visit.allow(/net::ERR_/);
  const page = await visit.open();
  await visit.closeServer();
  await page.locator('#banner').waitFor();
  check((await text(page, '#banner')).includes('lanewise play digits.net'), 'the banner says', await text(page, '#banner'));
  const before = await page.inputValue('#text');
  check(before.includes('net Digits'), 'the script is lost');
  await page.locator('#text').focus();
  await page.keyboard.type('# still here');
  check((await page.inputValue('#text')).includes('# still here'), 'one cannot write any more');
}

const LINKED = '# A link brought this.\nnet Linked {\n  input 2\n  hidden: dense(5) -> tanh\n  out: dense(2)\n}\ndata truth = xor()\ntrain Linked on truth { epochs = 3; batch = 4 }\n';

export async function aSharedLinkOpensTheSame(visit) {
  const one = await visit.tab(await visit.person({permissions: ['clipboard-read', 'clipboard-write']}), visit.address + fragmentOf('linked.net', LINKED));
  await until(one, async () => (await import('./store.js')).state.net?.name === 'Linked');
  equal(await one.inputValue('#text'), LINKED, 'the script of the fragment');
  await canvasOf(one, 'out').click({position: {x: 20, y: 20}});
  await one.locator('#dock .terms').first().waitFor();
  const title = await text(one, '#dock-title');
  await one.click('#share');
  await until(one, () => document.querySelector('#status').textContent.startsWith('Link copied'));
  const link = await one.evaluate(() => navigator.clipboard.readText()), token = new URL(visit.address).pathname.split('/')[1];
  check(!link.includes(token), 'the link tells the token: ' + link);
  check(link.startsWith(new URL('/', visit.address).href + '#'), 'the link is ' + link);
  // Whoever has been here comes in by the link alone, anybody else with the address that the command prints.
  const sameBrowser = await visit.tab(one.context(), link), other = await visit.open({}, new URL(link).hash);
  for (const page of [sameBrowser, other]) {
    await until(page, async () => (await import('./store.js')).state.net?.name === 'Linked');
    await untilText(page, '#dock-title', title);
    equal(await page.inputValue('#text'), LINKED, 'the script of the link');
  }
  equal(await known(other, 'name'), 'linked.net', 'the name of the script');
}

/** Its tab is closed for good: who opens the address anew finds the training, and ends another one. */
export async function aClosedTabLeavesItsTrainingToBeFound(visit) {
  // Both are open before one is closed: a page that comes later is asked what becomes of the other's training.
  const [one, other] = [await visit.open(), await visit.open()];
  for (const [page, name] of [[one, 'long.net'], [other, 'quick.net']]) {
    await openFile(page, name);
    await page.click('#train');
    await untilEpochs(page, 0);
  }
  for (const page of [one, other]) await page.context().close();
  const page = await visit.open();
  // A page that was closed a moment ago may be one that is loaded again.
  while (await page.locator('#dialog .left li').count() < 2) {
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await usable(page);
  }
  const line = name => page.locator('#dialog .left li', {hasText: name});
  await line('quick.net').locator('button').last().click();
  await until(page, () => document.querySelector('#dialog .left').innerText.includes('The training was stopped.'));
  await line('long.net').locator('button').first().click();
  await until(page, () => document.querySelector('#train')?.textContent === 'Pause' && document.querySelector('#text').value.includes('999'));
  await untilEpochs(page, await epochs(page));
  await page.click('#stop');
  await phase(page, 'ready');
}
