// What comes of each event.

import {state, set, touch} from './store.js';
import {listen} from './stream.js';
import {write} from './address.js';
import {begin, knowAll, note} from './runs.js';
import {forgetRanges, mayShrink} from './ranges.js';
import {show, took} from './sight.js';

let end = () => {};

export function connect() {
  end();
  end = listen(receive, link => {
    if (link === 'reconnecting' && state.link === 'gone') return;
    set({link});
  });
}

const heard = {
  state: ({phase, text, name, rate, batch}) => {
    const isRead = state.phase === 'reading' && phase !== 'reading';
    // The session has written what the sliders say: the editor follows where nobody has written on.
    if (state.draft === state.text && text !== state.text && phase !== 'reading') set({draft: text});
    if (phase === 'ready' && !isRead) set({worked: state.worked + 1});
    set({phase, text, name: name ?? state.name, written: {rate, batch}});
    if (phase === 'reading') return;
    nowKnown();
    if (isRead) show();
  },
  net: net => {
    if (net.name === null) { set({net: null, acts: null, value: null, rows: null}); return; }
    if (!sameLayers(state.net, net)) anotherNet(net);
    else if (state.acts) set({acts: {...state.acts, net}});
    set({net, plane: null, eps: 0});
    write();
    show();
  },
  acts: acts => { if (!state.eps) took(acts); else show(); },
  diagnosed: ({diagnostics}) => set({diagnosed: diagnostics}),
  runs: ({runs}) => knowAll(runs),
  log: ({lines}) => set({said: lines}),
  started: run => { begin(run); tellBatch(sizeOf(run)); },
  batch: batch => { note(batch); set({batch, rate: batch.rate}); },
  epoch: epoch => { note(epoch); mayShrink(); set({epochNow: epoch}); },
  tested: tested => set({tested}),
  ended: ended => { note(ended); set({ended}); show(); },
  rate: ({rate}) => set({rate}),
  size: ({batch}) => { sessionStorage.setItem('lanewise.batch', batch); set({batchSize: batch}); },
  said: line => { state.said.push(line); if (state.said.length > 300) state.said.splice(0, 100); touch('said'); },
  gone: () => set({link: 'gone'}),
};

/** Kept for a reload, for only the beginning of a training tells it. */
function tellBatch(batchSize) {
  sessionStorage.setItem('lanewise.batch', batchSize);
  set({batchSize, rate: null});
}

/** The server tells the mean size of a batch: the power of two that makes so many, if one does. */
function sizeOf({examples, batches, batch}) {
  const power = 2 ** Math.round(Math.log2(batch));
  return Math.ceil(examples / power) === batches ? power : batch;
}

function receive(kind, data) {
  heard[kind](data);
}

let nowKnown;

/** Resolves when the server has told for the first time what it has. */
export const known = new Promise(resolve => { nowKnown = resolve; });

/** Of another network nothing stays chosen but what it has too, or what a link wished for it. */
function anotherNet(net) {
  const has = layer => net.columns.some(column => column.chips.some(chip => chip.layer === layer));
  // The network that was there before may be told once more: a wish waits for its own.
  const isWished = wished && (!wished.selected || has(wished.selected.layer)) && Object.values(wished.chips).every(has);
  const {selected, chips, example} = isWished ? {...state, ...wished} : state;
  forgetRanges();
  if (isWished) wished = null;
  set({
    selected: selected && has(selected.layer) ? selected : null, acts: null, value: null, layer: null, opened: new Set(), focus: null, heat: null, rows: null,
    chips: Object.fromEntries(Object.entries(chips).filter(([, layer]) => has(layer))), example: fits(example, net) ? example : null,
  });
}

let wished = null;

/** What a link wants to see of the network that it brings. */
export function wishFor(wish) {
  wished = wish;
}

const sameLayers = (a, b) => a && b && JSON.stringify([a.name, a.columns]) === JSON.stringify([b.name, b.columns]);
const fits = (example, net) => example && (example.pixels ? example.pixels.shape.join() === net.input.shape.join() : example.index < net.examples);
