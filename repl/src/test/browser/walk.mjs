// From a value to what it is made of: by clicks, and in both directions.

import {canvasOf, check, equal, known, text, until, untilText} from './visit.mjs';

const drawnAs = (page, direction) => until(page, async way => (await import('./store.js')).state.acts?.direction === way, direction);

export async function aValueTellsItsFormulaAndLeadsOn(visit) {
  const page = await visit.open();
  await page.locator('#graph section.column[aria-label="conv1"] .chips button', {hasText: 'conv'}).first().click();
  await until(page, async () => (await import('./store.js')).state.acts.layers.has('conv1'));
  await canvasOf(page, 'conv1').click({position: {x: 20, y: 20}});
  await page.locator('#dock .patch').waitFor();
  const first = await text(page, '#dock-title'), value = await known(page, 'value');
  check(/^conv1\[\d+, ?\d+, ?\d+\] = /.test(first), 'the value is called', first);
  const {forward, kernel} = value, sum = [...forward.terms.map(term => term.product), forward.rest.sum, forward.bias ?? 0].reduce((a, b) => a + b, 0);
  check(Math.abs(sum - kernel) < 1e-4, 'the terms make', sum, 'and the kernel computed', kernel);
  check(Math.abs(forward.terms[0].value * forward.terms[0].weight - forward.terms[0].product) < 1e-5, 'a term is not value × weight', forward.terms[0]);
  check((await text(page, '#dock .two')).includes('the kernel computed'), 'what the kernel computed is not told');
  const term = page.locator('#dock .terms button').first(), symbol = await term.getAttribute('title');
  await term.click();
  await until(page, name => document.querySelector('#dock-title').innerText.startsWith(name), symbol);
  const second = await text(page, '#dock-title');
  await page.keyboard.press('Alt+ArrowLeft');
  await untilText(page, '#dock-title', first);
  await page.keyboard.press('Alt+ArrowRight');
  await untilText(page, '#dock-title', second);
}

export async function backwardSwapsThePictures(visit) {
  const page = await visit.open();
  const before = await canvasOf(page, 'conv1').evaluate(canvas => canvas.toDataURL()), box = await canvasOf(page, 'conv1').boundingBox();
  await page.click('#direction [data-value=backward]');
  await drawnAs(page, 'backward');
  await until(page, was => document.querySelector('#graph section.column[aria-label="conv1"] canvas').toDataURL() !== was, before);
  equal(await page.getAttribute('#direction [data-value=backward]', 'aria-pressed'), 'true', 'the button');
  equal(await canvasOf(page, 'conv1').boundingBox(), box, 'the place of the picture');
  await canvasOf(page, 'conv1').click({position: {x: 20, y: 20}});
  await page.locator('#dock .two').waitFor();
  check((await text(page, '#dock .two')).includes('∂'), 'no gradient is told');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await drawnAs(page, 'forward');
  await until(page, was => document.querySelector('#graph section.column[aria-label="conv1"] canvas').toDataURL() === was, before);
}
