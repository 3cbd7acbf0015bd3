// The lessons: a step's script, the places it leads to, and what is said of an answer.

import {check, equal, text, until, untilText} from './visit.mjs';

export async function aLessonLeadsThroughThePageAndJudges(visit) {
  const page = await visit.open();
  await page.click('#lessons');
  await untilText(page, '#lesson h2', 'A neuron');
  await page.locator('#lesson .button.first').click();
  await untilText(page, '#lesson h2', 'An activation');
  await until(page, async () => { const {state} = await import('./store.js'); return state.phase === 'ready' && state.net?.name === 'Neuron' && state.acts?.net === state.net; });
  await page.locator('#lesson .tour button').nth(1).click();
  await page.locator('#dock .terms').first().waitFor();
  check((await text(page, '#dock-title')).startsWith('z[0] = '), 'the value that is opened is', await text(page, '#dock-title'));
  equal(await page.locator('#dock').evaluate(dock => getComputedStyle(dock).outlineStyle), 'solid', 'the frame of what is looked at');
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('y = sigmoid(-z)\n');
  await page.click('#run');
  await untilText(page, '#lesson .wrong', 'That is sigmoid(-z): the sign is wrong.');
  await page.locator('#lesson .quiet:not(.tight)').click();
  await until(page, () => document.querySelector('#lesson .done')?.innerText.startsWith('Right: y = 0.5622'));
  await page.locator('#lesson .tight').click();
  await page.locator('#lesson').waitFor({state: 'hidden'});
  equal(await page.locator('#dock').evaluate(dock => getComputedStyle(dock).outlineStyle), 'none', 'the frame when the lesson is closed');
}
