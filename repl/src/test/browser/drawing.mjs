// Trying the network: a digit that is drawn, by mouse and by finger; the attack.

import {check, equal, known, openFile, text, until} from './visit.mjs';

/** A 7 of one stroke, in parts of the pad. */
const SEVEN = [[0.27, 0.25], [0.4, 0.245], [0.55, 0.24], [0.72, 0.25], [0.66, 0.4], [0.58, 0.55], [0.5, 0.7], [0.45, 0.85]];

async function onPad(page) {
  const pad = page.locator('#pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  return SEVEN.map(([x, y]) => ({x: box.x + x * box.width, y: box.y + y * box.height}));
}

async function trained(page) {
  await openFile(page, 'sure.net');
  await page.locator('#train').evaluate(button => button.click());
  await until(page, async () => { const {state} = await import('./store.js'); return state.phase === 'ready' && state.acts.trained && state.ended?.outcome === 'ok'; });
}

/** The example of one's own that the page shows, and what the network says of it. */
const own = (page, wanted) => until(page, async says => {
  const {acts, example} = (await import('./store.js')).state;
  return acts?.example.own && example?.pixels && acts.answer.says === says && document.querySelector('#try .says b').textContent === String(says);
}, wanted);

export async function aSevenThatIsDrawnIsRead(visit) {
  const page = await visit.open();
  await trained(page);
  await page.click('#clear');
  await until(page, async () => (await import('./store.js')).state.acts.numbers.every(pixel => pixel === 0));
  const [first, ...rest] = await onPad(page);
  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  for (const {x, y} of rest) await page.mouse.move(x, y, {steps: 4});
  await page.mouse.up();
  await own(page, 7);
  const {numbers, answer} = await known(page, 'acts');
  check(Object.values(numbers).filter(pixel => pixel > 0.5).length > 30, 'the stroke is not in the pixels');
  check(answer.sure > 0.5, 'hardly sure of its 7', answer);
  equal(await text(page, '#graph .bars button:nth-of-type(8)').then(row => row.includes('7')), true, 'the row of the 7');
}

export async function aFingerDrawsOnAPhone(visit) {
  const page = await visit.open({width: 390, height: 844, touch: true});
  await trained(page);
  await page.locator('#tabs [data-value=try]').tap();
  await page.locator('#clear').tap();
  await until(page, async () => (await import('./store.js')).state.acts.numbers.every(pixel => pixel === 0));
  const before = await page.evaluate(() => scrollY), finger = await page.context().newCDPSession(page), points = await onPad(page);
  const touch = (type, touchPoints) => finger.send('Input.dispatchTouchEvent', {type, touchPoints});
  await touch('touchStart', [points[0]]);
  for (let i = 1; i < points.length; i++) {
    for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', [{x: points[i - 1].x + part * (points[i].x - points[i - 1].x), y: points[i - 1].y + part * (points[i].y - points[i - 1].y)}]);
  }
  await touch('touchEnd', []);
  await own(page, 7);
  equal(await page.evaluate(() => scrollY), before, 'the page scrolled while one drew, to');
}

export async function theAttackChangesWhatItSays(visit) {
  const page = await visit.open();
  await trained(page);
  const clean = await known(page, 'acts'), pixels = Object.values(clean.numbers);
  check(clean.answer.says === clean.example.label, 'the first test example is not read', clean.answer);
  await page.locator('#eps').fill('40');
  await until(page, async () => { const {acts, eps} = (await import('./store.js')).state; return eps === 0.4 && acts.answer.says !== 7 && acts.example.own; });
  const attacked = Object.values((await known(page, 'acts')).numbers);
  const most = Math.max(...attacked.map((pixel, i) => Math.abs(pixel - pixels[i])));
  check(most > 0.3 && most < 0.401, 'a pixel was changed by', most);
  await page.locator('#eps').fill('0');
  await until(page, async says => (await import('./store.js')).state.acts.answer.says === says, clean.answer.says);
  equal(Object.values((await known(page, 'acts')).numbers), pixels, 'the pixels without an attack');
}
