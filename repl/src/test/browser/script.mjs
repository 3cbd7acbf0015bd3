// The editor: what is wrong is underlined, and its remedy is a button.

import {check, equal, until} from './visit.mjs';

/** Puts the caret behind the first place of some words, and types. */
async function typeBehind(page, words, typed) {
  await page.evaluate(found => {
    const field = document.querySelector('#text'), at = field.value.indexOf(found) + found.length;
    field.focus();
    field.setSelectionRange(at, at);
  }, words);
  await page.keyboard.type(typed);
}

export async function aMistakeIsUnderlinedAndItsRemedyMendsIt(visit) {
  const page = await visit.open(), whole = await page.inputValue('#text');
  await typeBehind(page, 'rel', 'l');
  await page.locator('.diagnostic.error').waitFor();
  equal(await page.locator('#paint .wave').first().innerText(), 'rellu', 'what is underlined');
  check(await page.locator('#graph').evaluate(graph => graph.classList.contains('stale')), 'the last good network does not look old');
  check(await page.locator('#graph canvas').count() > 0, 'the last good network is gone');
  const [field, paint] = await Promise.all(['#text', '#paint'].map(where => page.locator(where).boundingBox()));
  equal([paint.x, paint.y, paint.width, paint.height].map(Math.round), [field.x, field.y, field.width, field.height].map(Math.round), 'where the paint lies, and the field over it');
  await page.locator('.diagnostic.error button.button').first().click();
  await until(page, () => !document.querySelector('.diagnostic.error'));
  equal(await page.inputValue('#text'), whole, 'the script after the remedy');
  await until(page, () => !document.querySelector('#graph').classList.contains('stale'));
}

export async function tabCompletesAndTheNetworkFollows(visit) {
  const page = await visit.open();
  await typeBehind(page, '-> relu', ' -> tan');
  await page.locator('#completions li').first().waitFor();
  await page.keyboard.press('Tab');
  await until(page, () => document.querySelector('#text').value.includes('-> relu -> tanh\n'));
  await page.locator('#graph section.column[aria-label="conv1"] .chips button', {hasText: 'tanh'}).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  check(!await page.evaluate(() => document.activeElement.id === 'text'), 'Escape, then Tab does not leave the editor');
}
