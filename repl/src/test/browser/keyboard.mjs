// Everything without a pointer.

import {check, equal, known, text, until, untilServer} from './visit.mjs';

const focused = page => page.evaluate(() => {
  const here = document.activeElement;
  return {id: here.id, pane: here.closest('header, #dock, #script, #graph, #training, #try, main')?.id ?? here.closest('header')?.tagName ?? '', seen: here === document.body || here.matches(':focus-visible')};
});

export async function f6GoesThroughThePanes(visit) {
  const page = await visit.open(), panes = [];
  await page.locator('#dock table').waitFor();
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('F6');
    panes.push((await focused(page)).pane);
  }
  equal([...panes].sort(), ['dock', 'graph', 'script', 'training', 'try'], 'panes');
  await page.keyboard.press('F6');
  equal((await focused(page)).pane, panes[0], 'the sixth');
  await page.keyboard.press('Shift+F6');
  equal((await focused(page)).pane, panes[4], 'back');
}

/** From the top on to the canvas of a layer, by Tab alone; every stop can be seen. */
export async function tabReachesEverythingAndIsSeen(visit) {
  const page = await visit.open(), stops = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop.id === 'text') await page.keyboard.press('Escape');
    if (stop.id === '' && stop.pane === '') break;
    check(stop.seen, 'a stop is not seen', stop);
    stops.push(stop);
  }
  for (const id of ['skip', 'file', 'share', 'text', 'train', 'step', 'pad']) check(stops.some(stop => stop.id === id), 'Tab does not reach', id, stops.map(stop => stop.id || stop.pane));
  for (const pane of ['graph', 'dock']) check(stops.some(stop => stop.pane === pane), 'Tab does not reach', pane);
}

export async function aValueIsChosenOpenedAndLeftByKeys(visit) {
  const page = await visit.open();
  const at = async wanted => until(page, async place => JSON.stringify((await import('./store.js')).state.selected?.at) === place, JSON.stringify(wanted));
  await page.locator('#graph section.column[aria-label="conv1"] canvas').focus();
  await page.keyboard.press('Enter');
  await at([0, 0, 0]);
  await page.keyboard.press('ArrowRight');
  await at([0, 0, 1]);
  await page.keyboard.press('ArrowDown');
  await at([0, 1, 1]);
  await page.keyboard.press('PageDown');
  await at([1, 1, 1]);
  await until(page, () => document.querySelector('#live').textContent.includes('[1, 1, 1]'));
  await until(page, () => /\[1, ?1, ?1\] = /.test(document.querySelector('#dock-title').innerText));
  await page.keyboard.press('Escape');
  await until(page, () => document.querySelector('#dock-title').innerText.startsWith('All layers'));
  equal(await known(page, 'selected'), null, 'what is chosen after Escape');
  await page.keyboard.press('b');
  await until(page, async () => (await import('./store.js')).state.acts.direction === 'backward');
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  check((await text(page, 'dialog')).includes('F6'), 'the keys are not told');
  await page.keyboard.press('Escape');
  await until(page, () => !document.querySelector('dialog').open);
}

/** Space trains and pauses, a full stop is one step, and a drawing needs no pointer. */
export async function trainingAndDrawingByKeys(visit) {
  const page = await visit.open();
  await page.locator('#graph section.column[aria-label="conv1"] canvas').focus();
  for (const number of [1, 2]) {
    await page.keyboard.press('.');
    await until(page, async wanted => (await import('./store.js')).state.batch?.batch === wanted, number);
    await untilServer(page, 'paused');
  }
  await page.keyboard.press(' ');
  await until(page, async () => (await import('./store.js')).state.ended?.outcome === 'ok');
  await page.locator('#clear').focus();
  await page.keyboard.press('Enter');
  await until(page, async () => (await import('./store.js')).state.acts.numbers.every(pixel => pixel === 0));
  await page.locator('#pad').focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowDown');
  await until(page, async () => { const {acts} = (await import('./store.js')).state; return acts.example.own && acts.numbers.some(pixel => pixel > 0.5); });
}
