// Completion: what could stand here, from the session. Tab takes it, arrows choose, Escape closes; after Escape, Tab leaves.

import {$, el, fill} from './dom.js';
import {ask, latest} from './stream.js';

let items = [], from = 0, chosenAt = -1, leave = false, field, list, put;

export function startCompletion(textarea, listbox, replace) {
  [field, list, put] = [textarea, listbox, replace];
  field.addEventListener('keydown', key);
  field.addEventListener('input', event => { if (event.inputType?.startsWith('insert') && /[\w.]$/.test(before())) look(false); else { close(); hint(); } });
  field.addEventListener('blur', () => { close(); leave = false; });
  field.addEventListener('click', () => { close(); hint(); });
  field.setAttribute('aria-controls', list.id);
  // Scrolling the list with the mouse leaves the caret where it is.
  list.addEventListener('mousedown', event => event.preventDefault());
}

const before = () => field.value.slice(0, field.selectionStart);

/** Asks; a Tab that finds one thing only takes it at once. */
const look = latest(async byTab => {
  const text = before();
  const reply = await ask('complete', {before: text}).catch(() => null);
  if (!reply || text !== before() || document.activeElement !== field) return;
  $('tip').textContent = reply.tip || '';
  ({from} = reply);
  items = reply.items.filter(item => item.text !== text.slice(from));
  if (byTab && items.length === 1) { accept(0); return; }
  if (byTab && !items.length) { indent(); return; }
  open(byTab ? 0 : -1);
});

const hint = latest(async () => {
  const text = before(), reply = await ask('complete', {before: text}).catch(() => null);
  if (reply && text === before()) $('tip').textContent = reply.tip || '';
});

const indent = () => put(field.selectionStart, field.selectionEnd, '  ');

function key(event) {
  if (event.isComposing) return;
  if (event.key === 'Tab' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
    if (leave) return;
    event.preventDefault();
    if (!list.hidden) accept(Math.max(0, chosenAt));
    else if (/(^|\n)[ \t]*$/.test(before())) indent();
    else look(true);
    return;
  }
  leave = event.key === 'Escape';
  if (list.hidden) return;
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step) { event.preventDefault(); choose((chosenAt + step + items.length) % items.length); }
  else if (event.key === 'Enter' && chosenAt >= 0) { event.preventDefault(); accept(chosenAt); }
  else if (event.key === 'Escape') { event.stopPropagation(); close(); }
}

function open(chosen) {
  if (!items.length) { close(); return; }
  fill(list, items.map((item, i) => el('li', {role: 'option', id: 'completion-' + i, 'aria-selected': false, onpointerdown: event => { event.preventDefault(); accept(i); }},
    el('b', {}, item.text), item.help && el('span', {}, item.help))));
  list.hidden = false;
  place();
  choose(chosen);
}

/** Below the word that is being written, or above it where there is no room. */
function place() {
  const paint = $('paint'), lines = before().split('\n'), line = paint.children[lines.length - 1];
  if (!line) return;
  const box = line.getBoundingClientRect(), pane = $('editor').getBoundingClientRect(), room = $('editor-scroll').getBoundingClientRect();
  const below = box.bottom + list.offsetHeight < room.bottom;
  list.style.top = (below ? box.bottom - pane.top : box.top - pane.top - list.offsetHeight) + 'px';
  const offset = caretOf(line, lines.at(-1).length - (before().length - from)) - pane.left;
  list.style.left = Math.max(4, Math.min(offset, pane.width - list.offsetWidth - 4)) + 'px';
}

function caretOf(line, column) {
  const walker = document.createTreeWalker(line.firstChild, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node = walker.nextNode(), rest = Math.max(0, column); node; node = walker.nextNode()) {
    if (rest <= node.length) { range.setStart(node, rest); range.collapse(true); return (range.getClientRects()[0] ?? line.getBoundingClientRect()).left; }
    rest -= node.length;
  }
  return line.getBoundingClientRect().left;
}

function choose(i) {
  chosenAt = i;
  [...list.children].forEach((option, k) => option.setAttribute('aria-selected', k === i));
  if (i < 0) { field.removeAttribute('aria-activedescendant'); return; }
  field.setAttribute('aria-activedescendant', 'completion-' + i);
  list.children[i].scrollIntoView({block: 'nearest'});
}

function accept(i) {
  const {text} = items[i];
  close();
  put(from, field.selectionStart, text);
  close();
}

function close() {
  list.hidden = true;
  items = [];
  chosenAt = -1;
  field.removeAttribute('aria-activedescendant');
}
