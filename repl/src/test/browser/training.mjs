// A training in the page: its buttons, its sliders; a reload, and tabs beside each other.

import {check, epochs, equal, known, openFile, phase, text, until, untilEpochs, untilServer, untilText, usable} from './visit.mjs';

/** One batch, and then it waits again: gives the number of the batch. */
async function step(page) {
  const before = await page.evaluate(async () => (await import('./store.js')).state.batch);
  await page.click('#step');
  await until(page, async was => { const {batch} = (await import('./store.js')).state; return batch && (!was || batch.x !== was.x); }, before);
  await untilServer(page, 'paused');
  return known(page, 'batch');
}

async function start(page, name) {
  await openFile(page, name);
  equal(await text(page, '#train'), 'Train', 'the button');
  await page.click('#train');
  await untilText(page, '#train', 'Pause');
  await untilEpochs(page, 0);
}

export async function itTrainsPausesStepsAndIsSteered(visit) {
  const page = await visit.open();
  await openFile(page, 'long.net');
  // Before a training the sliders write into the script.
  await page.locator('#rate').fill('-30');
  await until(page, () => document.querySelector('#text').value.includes('sgd(0.001)'));
  await page.locator('#batch').fill('4');
  await until(page, () => document.querySelector('#text').value.includes('batch = 16'));
  await page.click('#train');
  await untilText(page, '#train', 'Pause');
  await untilEpochs(page, 0);
  equal((await known(page, 'runs')).at(-1).batch, 16, 'the size of the batches');
  await page.click('#train');
  await untilText(page, '#train', 'Train');
  await phase(page, 'paused');
  await untilServer(page, 'paused');
  const one = await step(page), two = await step(page);
  check(Math.abs(two.x - one.x - 1 / two.batches) < 1e-6, 'one step goes on by one batch: from', one.x, 'to', two.x, 'of', two.batches);
  await page.click('#train');
  await untilText(page, '#train', 'Pause');
  await page.locator('#rate').fill('-25');
  await until(page, async () => Math.abs((await import('./store.js')).state.batch.rate - 0.0032) < 1e-9);
  await untilText(page, '#rate-value', '0.0032');
  // A slider that is dragged says many rates in a row: the last one counts, and the training goes on.
  await page.evaluate(() => {
    const slider = document.querySelector('#rate');
    for (let step = -40; step <= -20; step++) { slider.value = step; slider.dispatchEvent(new Event('input', {bubbles: true})); slider.dispatchEvent(new Event('change', {bubbles: true})); }
  });
  await until(page, async () => Math.abs((await import('./store.js')).state.batch.rate - 0.01) < 1e-9);
  await untilEpochs(page, await epochs(page));
  equal(await text(page, '#train'), 'Pause', 'the button after a rate that was dragged');
  await page.locator('#batch').fill('6');
  const {examples, run} = (await known(page, 'runs')).at(-1);
  await until(page, async ([all, same]) => {
    const {batchSize, batch} = (await import('./store.js')).state;
    return batchSize === 64 && batch.batches === Math.ceil(all / 64) && batch.batch > 1 && batch.run === same;
  }, [examples, run]);
  await page.click('#stop');
  await phase(page, 'ready');
  await until(page, () => document.querySelector('#stop').disabled);
  await until(page, () => document.querySelector('#text').value.includes('batch = 64') && document.querySelector('#text').value.includes('sgd(0.01)'));
}

export async function aTrainingEndsWithItsCurvesAndMistakes(visit) {
  const page = await visit.open();
  await openFile(page, 'digits.net');
  await page.click('#run');
  await until(page, async () => { const {ended, tested, phase: now} = (await import('./store.js')).state; return ended?.outcome === 'ok' && now === 'ready' && tested?.confusion; });
  await untilText(page, '#figures dd', '2.00');
  await until(page, () => /^Confusion of [1-9][\d,]* examples: [\d.]+ % are right/.test(document.querySelector('#confusion').getAttribute('aria-label')));
  await page.locator('#mistakes button').first().waitFor();
  await until(page, () => document.querySelector('#said').innerText.includes('0.2'));
  await page.click('#legend .end');
  equal(await page.locator('#dialog tbody tr').count(), 2, 'rows of the table of losses');
}

export async function aReloadInTheMiddleGoesOn(visit) {
  const page = await visit.open();
  await start(page, 'long.net');
  await untilEpochs(page, 1);
  const x = await epochs(page), {run, points} = (await known(page, 'runs')).at(-1);
  await page.reload();
  await untilEpochs(page, x);
  equal(await text(page, '#train'), 'Pause', 'the button after a reload');
  const after = (await known(page, 'runs')).at(-1);
  equal(after.run, run, 'the run after a reload');
  check(after.losses[0][0] < 1 && after.points.length >= points.length && after.points[0].epoch === 1, 'the curves have not come back', after);
  check((await page.getAttribute('#curve', 'aria-label')).startsWith('Loss over epochs. Now'), 'the curve is empty');
  check((await page.inputValue('#text')).includes('epochs = 999'), 'the script has not come back');
  await untilEpochs(page, await epochs(page));
  await page.click('#stop');
  await phase(page, 'ready');
}

export async function twoTabsAreTwoSessions(visit) {
  const context = await visit.person(), one = await visit.tab(context);
  await start(one, 'long.net');
  const two = await visit.tab(context);
  equal(await text(two, '#figures dd'), '0', 'the other tab has trained');
  equal(await known(two, 'name'), 'digits.net', 'the other tab');
  // A tab that is doubled brings the memory of the first along.
  const [third] = await Promise.all([context.waitForEvent('page'), one.evaluate(() => { window.open(location.href.split('#')[0]); })]);
  await usable(third);
  equal(await text(third, '#train'), 'Train', 'a doubled tab has the training of the first');
  const ids = await Promise.all([one, two, third].map(page => page.evaluate(() => sessionStorage.getItem('lanewise.page'))));
  equal(new Set(ids).size, 3, 'sessions of three tabs');
  const x = await epochs(one);
  await untilEpochs(one, x);
  await one.click('#stop');
  await phase(one, 'ready');
}
