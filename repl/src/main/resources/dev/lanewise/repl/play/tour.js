// Where a lesson leads: to a place of the page, which is framed; a value is opened there, a direction turned.

import {state, set, on} from './store.js';
import {$} from './dom.js';
import {lie, indices} from './places.js';
import {select} from './walk.js';
import {turn} from './sight.js';
import {look} from './heat.js';

/** By the words of a step's file: the view that a phone shows then, what is framed, and what is done. */
const places = {
  script: {tab: 'script', frame: '#editor-scroll'},
  said: {tab: 'script', frame: '#said'},
  network: {tab: 'net', frame: '#graph-scroll'},
  all: {tab: 'net', frame: '#dock', act: () => select(null)},
  backward: {tab: 'net', frame: '#direction', act: () => turn('backward')},
  train: {tab: 'training', frame: '#train'},
  step: {tab: 'training', frame: '#step'},
  rate: {tab: 'training', frame: '.slider:has(#rate)'},
  batch: {tab: 'training', frame: '.slider:has(#batch)'},
  curve: {tab: 'training', frame: '#curve'},
  mistakes: {tab: 'training', frame: '#pair'},
  pad: {tab: 'try', frame: '.tried'},
  says: {tab: 'try', frame: '.tried'},
  saliency: {tab: 'try', frame: '#look', act: () => look('saliency')},
  attack: {tab: 'try', frame: '.slider:has(#eps)'},
};

/** Places of a layer. */
const ofLayer = {
  layer: name => ({tab: 'net', frame: `#graph section.column[aria-label="${CSS.escape(columnOf(name)?.label ?? name)}"]`, act: () => { select(null); turn('forward'); }}),
  value: name => ({tab: 'net', frame: '#dock', act: () => middle(name)}),
};

const frame = new CSSStyleSheet();

export function startTour() {
  document.adoptedStyleSheets.push(frame);
  on('tour', draw);
}

/** Leads to a place, or to none. */
export function lead(place) {
  set({tour: place});
  if (!place) return;
  const found = of(place);
  set({tab: found.tab, drawer: found.tab === 'script' && state.drawer});
  found.act?.();
  // What is chosen is drawn with the next frame; by then it can be seen.
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(found.frame)?.scrollIntoView({block: 'nearest', inline: 'nearest'})));
}

function of(place) {
  const [word, name] = place.split(' ');
  return name ? ofLayer[word](name) : places[word];
}

/** A rule of the sheet finds what is drawn anew, too. */
function draw() {
  frame.replaceSync(state.tour ? `${of(state.tour).frame} { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: 6px; }` : '');
}

const columnOf = layer => state.net?.columns.find(column => column.chips.some(chip => chip.layer === layer));

/** Opens a value in the middle of a layer: there is mostly something to see. */
function middle(layer) {
  const chip = columnOf(layer)?.chips.find(c => c.layer === layer);
  if (!chip) return;
  const {height, width, rank, plane} = lie(chip);
  select(layer, plane || rank === 1 ? [0] : indices(chip, 0, Math.floor(height / 2), Math.floor(width / 2)));
}
