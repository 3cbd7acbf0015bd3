// Which script: samples and those of the folder, as a list in the bar, and as cards where there is no network.

import {state, set, on} from './store.js';
import {$, el, fill} from './dom.js';
import {ask} from './stream.js';
import {openFile} from './commands.js';
import {refused} from './notices.js';
import {t} from './words.js';

export function startFiles() {
  on('files name lang', list);
  $('file').addEventListener('change', event => { if (event.target.value) openFile(event.target.value); });
  ask('files').then(files => set({files})).catch(refused);
}

function list() {
  const {files, name} = state, samples = files?.samples.map(s => s.name) ?? [], own = files?.own ?? [];
  const known = [...samples, ...own].includes(name);
  const option = value => el('option', {value, selected: value === name}, value);
  fill($('file'),
    !known && el('option', {value: '', selected: true}, name || t(state.net || state.draft ? 'yourScript' : 'choose')),
    samples.length > 0 && el('optgroup', {label: t('samplesGroup')}, samples.map(option)),
    own.length > 0 && el('optgroup', {label: t('ownGroup')}, own.map(option)));
  document.title = (name ? name + ' · ' : '') + 'Lanewise play';
}

export function sampleCards() {
  const cards = (state.files?.samples ?? []).map(({name, title}) =>
    el('button', {class: 'card', onclick: () => openFile(name)}, el('b', {}, name), el('span', {}, title)));
  return el('div', {class: 'empty'}, el('h3', {}, state.phase === 'reading' ? t('reading') : t('noNet')), el('p', {}, t('noNetText')), el('div', {class: 'cards'}, cards));
}
