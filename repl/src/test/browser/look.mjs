// How the page looks: at each width, in Chinese, and to a reader.

import {readFileSync} from 'node:fs';
import {needed} from './browser.mjs';
import {canvasOf, check, openFile, phase, until, untilEpochs} from './visit.mjs';
import {faultsOfLayout} from './layout.mjs';

const none = (faults, where) => check(faults.length === 0, `${where}:\n  ${faults.join('\n  ')}`);

/** Opens what a width has: on a phone each of its four tabs, otherwise the whole. */
async function eachView(page, then) {
  if (!await page.locator('#tabs').isVisible()) return then('');
  for (const name of ['script', 'net', 'training', 'try']) {
    await page.click(`#tabs [data-value=${name}]`);
    await until(page, tab => document.body.dataset.tab === tab, name);
    await then(name);
  }
}

/** Looks at each view in both languages. */
async function eachLanguage(page, where) {
  for (const lang of ['en', 'zh']) {
    if ((await page.getAttribute('html', 'lang')).slice(0, 2) !== lang) await page.click('#lang');
    await until(page, now => document.documentElement.lang.startsWith(now), lang);
    await eachView(page, async view => none(await page.evaluate(faultsOfLayout), `${where} ${lang} ${view}`));
  }
}

function widths(width, height) {
  return async visit => {
    const page = await visit.open({width, height});
    await eachLanguage(page, width);
    await openFile(page, 'quick.net');
    await page.locator('#train').evaluate(button => button.click());
    await untilEpochs(page, 1);
    if (await page.locator('#tabs').isVisible()) await page.click('#tabs [data-value=net]');
    await canvasOf(page, 'conv1').click({position: {x: 10, y: 10}});
    await page.locator('#dock .two').waitFor();
    await eachLanguage(page, `${width}, training, a value open,`);
    await page.locator('#stop').evaluate(button => button.click());
    await phase(page, 'ready');
  };
}

export const nothingOverlapsAt320 = widths(320, 640);
export const nothingOverlapsAt390 = widths(390, 844);
export const nothingOverlapsAt1000 = widths(1000, 800);
export const nothingOverlapsAt1440 = widths(1440, 900);
export const nothingOverlapsAt1920 = widths(1920, 1080);

/** What may stand in any language: names of things, and what the script itself says. */
const NAMES = new Set(['Lanewise', 'English', 'Grad', 'CAM', 'ONNX', 'CSV', 'PNG', 'JPEG', 'fgsm', 'FGSM', 'safetensors', 'html', 'net', 'play', 'lanewise', 'rms', 'softmax', 'sigmoid', 'Tab', 'Esc']);

/** Words of two letters or more that a person sees or hears, outside code. */
function wordsSeen() {
  const words = [], code = 'pre, code, kbd, textarea, option, script, style, noscript, #completions';
  const note = (text, from) => { for (const [word] of text.matchAll(/\p{Script=Latin}{2,}[\p{Script=Latin}\d]*/gu)) words.push([word, from]); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent.closest(code) && parent.checkVisibility()) note(node.textContent, parent.id || parent.className || parent.tagName);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (element.closest(code) && !element.matches('textarea') || !element.checkVisibility()) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) note(element.getAttribute(name) ?? '', name + ' of ' + (element.id || element.className || element.tagName));
  }
  return words;
}

export async function chineseHasNoEnglishLeft(visit) {
  const page = await visit.open({locale: 'zh-CN'});
  check(await page.getAttribute('html', 'lang') === 'zh-CN', 'the page does not follow the browser');
  const own = new Set((await page.inputValue('#text')).match(/\p{L}[\p{L}\d]*/gu));
  await until(page, async () => (await import('./store.js')).state.rows);
  const names = await page.evaluate(async () => { const {net, rows} = (await import('./store.js')).state; return [...rows.map(row => row.layer), ...net.columns.flatMap(column => [column.label, ...column.chips.flatMap(chip => [chip.layer, chip.word])])]; });
  names.forEach(name => own.add(name));
  const none = async where => {
    const left = (await page.evaluate(wordsSeen)).filter(([word]) => !NAMES.has(word) && !own.has(word));
    check(left.length === 0, `${where}: ${left.map(([word, from]) => `${word} (${from})`).join(', ')}`);
  };
  await none('at the start');
  await page.click('#run');
  await until(page, async () => { const {ended, tested, phase} = (await import('./store.js')).state; return ended && tested && phase === 'ready'; });
  await none('after a training');
  await canvasOf(page, 'conv1').click({position: {x: 20, y: 20}});
  await page.locator('#dock .two').waitFor();
  await none('a value');
  await page.keyboard.press('Escape');
  await page.click('#direction [data-value=backward]');
  await canvasOf(page, 'conv1').click({position: {x: 20, y: 20}});
  await page.locator('#dock .two').waitFor();
  await none('a gradient');
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await none('the keys');
  await page.keyboard.press('Escape');
  await page.locator('#text').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('nett ');
  await page.locator('.diagnostic.error').first().waitFor();
  await none('a mistake');
}

const axe = readFileSync(needed.resolve('axe-core/axe.min.js'), 'utf8');

async function readable(page, where) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations);
  none(violations.flatMap(({id, help, nodes}) => nodes.map(node => `${id} (${help}): ${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary}`)), 'axe, ' + where);
}

export async function axeFindsNothingInLight(visit) {
  const page = await visit.open();
  await readable(page, 'light');
  await canvasOf(page, 'conv1').click({position: {x: 20, y: 20}});
  await page.locator('#dock .two').waitFor();
  await readable(page, 'a value');
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await readable(page, 'a dialog');
}

export async function axeFindsNothingInDark(visit) {
  const page = await visit.open({theme: 'dark'});
  check(await page.evaluate(() => document.documentElement.dataset.theme) === 'dark', 'the page does not follow the system');
  await page.click('#run');
  await until(page, async () => { const {ended, tested, phase} = (await import('./store.js')).state; return ended && tested && phase === 'ready'; });
  await readable(page, 'dark, trained');
  await page.locator('#text').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('nett ');
  await page.locator('.diagnostic.error').first().waitFor();
  await readable(page, 'dark, a mistake');
}

export async function axeFindsNothingInChinese(visit) {
  await readable(await visit.open({locale: 'zh-CN'}), 'Chinese');
}

export async function axeFindsNothingOnAPhone(visit) {
  const page = await visit.open({width: 390, height: 844, touch: true});
  await eachView(page, async view => readable(page, 'phone, ' + view));
}
