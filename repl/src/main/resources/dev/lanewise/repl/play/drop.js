// Pictures and tables that are dropped, pasted or chosen; a script that is dropped is opened.

import {state} from './store.js';
import {$, el} from './dom.js';
import {sendImage} from './stream.js';
import {openFile} from './commands.js';
import {notice, refused} from './notices.js';
import {take} from './sight.js';
import {packed} from './numbers.js';
import {t} from './words.js';

export function startDrop() {
  addEventListener('dragover', event => { event.preventDefault(); $('try').classList.add('over'); });
  addEventListener('dragleave', event => { if (!event.relatedTarget) $('try').classList.remove('over'); });
  addEventListener('drop', event => {
    event.preventDefault();
    $('try').classList.remove('over');
    const file = event.dataTransfer.files[0];
    if (file) received(file);
  });
  addEventListener('paste', event => {
    const file = [...event.clipboardData?.files ?? []].find(f => f.type.startsWith('image/'));
    if (!file) return;
    event.preventDefault();
    received(file);
  });
}

export function chooseFile() {
  const input = el('input', {type: 'file', accept: 'image/png,image/jpeg,.csv'});
  input.addEventListener('change', () => { if (input.files[0]) received(input.files[0]); });
  input.click();
}

async function received(file) {
  try {
    if (file.name.endsWith('.net')) await openFile(file.name, await file.text());
    else if (/\.(csv|tsv|txt)$/i.test(file.name)) row(await file.text());
    else if (/^image\/(png|jpeg)$/.test(file.type)) take({pixels: (await sendImage(file)).pixels});
    else notice(t('noImage'));
  } catch (refusal) {
    refused(refusal);
  }
}

/** The first row of a table as the example: by its column's names if it has them all, else in their order. */
function row(text) {
  const {shape, names} = state.net?.input ?? {shape: [0], names: []}, length = shape.reduce((a, b) => a * b, 1);
  const lines = text.trim().split(/\r?\n/).map(line => line.split(/[,;\t]/).map(cell => cell.trim().replace(/^"(.*)"$/, '$1')));
  const isHead = lines[0].some(cell => cell !== '' && Number.isNaN(Number(cell))), head = isHead ? lines[0] : [], first = lines[isHead ? 1 : 0] ?? [];
  const places = names.length && names.every(name => head.includes(name)) ? names.map(name => head.indexOf(name)) : first.map((_, i) => i).slice(0, length);
  const numbers = places.map(i => first[i] === '' ? NaN : Number(first[i]));
  if (!length || numbers.length !== length || !numbers.every(Number.isFinite)) notice(t('noRow', length));
  else take({pixels: packed(numbers, shape)});
}
