// Keys for the whole page. Single ones are off where one types; Escape and F6 work everywhere.

import {state, set} from './store.js';
import {$, el} from './dom.js';
import {step, trainOrPause} from './commands.js';
import {notice} from './notices.js';
import {another, turn} from './sight.js';
import {select} from './walk.js';
import {run} from './editor.js';
import {walk} from './address.js';
import {show} from './dialog.js';
import {t} from './words.js';

const panes = ['text', 'net', 'dock', 'train', 'pad'];

const single = {
  ' ': () => trainOrPause(), '.': step, f: () => turn('forward'), b: () => turn('backward'), n: () => another().catch(error => notice(error.message)), '?': help,
};

export function startKeys() {
  addEventListener('keydown', event => {
    const {key, altKey, ctrlKey, metaKey, target} = event;
    if (key === 'F6') { event.preventDefault(); nextPane(event.shiftKey ? -1 : 1); return; }
    if (altKey && (key === 'ArrowLeft' || key === 'ArrowRight')) { event.preventDefault(); walk(key === 'ArrowLeft' ? -1 : 1); return; }
    if ((ctrlKey || metaKey) && key === 'Enter') { event.preventDefault(); run(); return; }
    if (altKey || ctrlKey || metaKey || event.defaultPrevented || $('dialog').open) return;
    if (key === 'Escape' && target !== $('text')) { if (state.drawer && !state.selected) set({drawer: false}); select(null); return; }
    if (target.matches('textarea, select, input:not([type=range])') || (key === ' ' && target.matches('button, a, summary, [popover] *'))) return;
    if (single[key] && state.net) { event.preventDefault(); single[key](); } else if (key === '?') help();
  });
}

function nextPane(by) {
  const nodes = panes.map(id => id === 'net' ? document.querySelector('#graph canvas, #graph button') : id === 'dock' ? document.querySelector('#dock button') : $(id)).filter(node => node && node.checkVisibility());
  const here = nodes.findIndex(node => node.closest('#script, #graph, #dock, #training, #try')?.contains(document.activeElement));
  nodes[(here + by + nodes.length) % nodes.length]?.focus();
}

function help() {
  const rows = [['F6', 'keyPanes'], ['Space', 'keyTrain'], ['.', 'keyStep'], ['f b', 'keyDirection'], ['n', 'keyExample'], ['← ↑ ↓ →', 'keyArrows'], ['PgUp PgDn', 'keyChannel'], ['Enter', 'keyEnter'], ['Esc', 'keyEsc'], ['Alt+← Alt+→', 'keyHistory'], ['Ctrl+Enter', 'keyRun'], ['?', 'keyHelp']];
  show(t('keys'), el('dl', {class: 'keys'}, rows.map(([key, word]) => [el('dt', {}, key.split(' ').map(k => el('kbd', {}, k))), el('dd', {}, t(word))]).flat()), el('p', {class: 'caption'}, t('keyOff')));
}

export {help};
