// The network: a column for each line of the script, its chips, its picture, its scale. The elements are made when the network
// or the room for it changes; pictures are only drawn anew.

import {state, set, on} from './store.js';
import {$, el, fill, segments, sentence} from './dom.js';
import {count, shape} from './numbers.js';
import {items, nameOfFrame} from './fold.js';
import {layoutsOf, MOST_MAPS, picture, rangeOf} from './picture.js';
import {bars, barsWidth} from './bars.js';
import {answer} from './answer.js';
import {isInput, lie, seen} from './places.js';
import {drawn} from './chips.js';
import {pickChip, turn} from './sight.js';
import {arcs, wires} from './wires.js';
import {sampleCards} from './files.js';
import {t} from './words.js';

const GAP = 20, SLIVER = 24, PADDING = 40, OVERHANG = 12, BLOCK = 16, SCALE = 92, FRAME = 20;
let parts = [];

const phone = () => matchMedia('(max-width: 839px)').matches;

export function startNetwork() {
  const press = segments($('direction'), turn);
  on('direction lang', () => press(state.direction));
  on('net opened focus size lang files theme', build);
  on('acts chips selected value direction checked phase plane', draw);
  press(state.direction);
  addEventListener('resize', () => set({size: state.size + 1}));
  }

function build() {
  const graph = $('graph'), {net} = state;
  document.body.classList.toggle('no-net', !net);
  fill($('net-summary'), net ? sentence(t('parameters', net.takes, net.gives, count(net.parameters))) : []);
  if (!net) {
    parts = [];
    fill(graph, sampleCards());
    return;
  }
  const list = items(net.columns, state.opened, focusOf(), phone() && net.columns.length < 30), sizes = sizesFor(list);
  parts = list.map(item => item.kind === 'sliver' ? sliver(item) : column(item, sizes));
  fill(graph, wires(), framed(parts));
  graph.classList.toggle('arced', !phone() && arcs(parts, net).length > 0);
  graph.style.setProperty('--levels', phone() ? 0 : Math.max(0, ...arcs(parts, net).map(arc => arc.level + 1)));
  draw();
}

/** The column that is looked at: that of the chosen value, or the last one opened. */
function focusOf() {
  const index = state.selected ? state.net.columns.findIndex(c => c.chips.some(chip => chip.layer === state.selected.layer)) : -1;
  return index >= 0 ? index : state.focus;
}

/** How large maps are: as large as there is room for; where there are many of them they give way first. */
function sizesFor(list) {
  if (phone()) {
    const narrow = innerWidth < 340;
    return {few: narrow ? 24 : 48, many: narrow ? 24 : 32, space: {width: innerWidth - 22}};
  }
  const room = $('graph-scroll').clientWidth - PADDING, large = wall() ? [[72, 72], [72, 48], [60, 48]] : [];
  const steps = [...large, [48, 48], [48, 36], [48, 24], [40, 24], [32, 24], [32, 16], [24, 16]];
  const [few, many] = steps.find(([a, b]) => wanted(list, a, b) <= room) ?? steps.at(-1);
  return {few, many, space: spaceOf()};
}

const wall = () => matchMedia('(min-width: 1800px)').matches;

const spaceOf = () => ({height: wall() ? 376 : 256});

function wanted(list, few, many) {
  return list.reduce((sum, item, i) => sum + (item.kind === 'sliver' && list[i - 1]?.kind === 'sliver' ? 8 : GAP) + (item.kind === 'sliver' ? SLIVER : item.kind === 'block' ? Math.max(headWidth(item), widthOf(item.column, few, many) + BLOCK) : Math.max(headWidth(item) - OVERHANG, widthOf(item.column, few, many))), FRAME * new Set(list.map(item => item.frame)).size - FRAME - GAP);
}

const sizeOf = (column, few, many) => Math.max(...column.chips.map(chip => lie(chip).maps)) > 20 ? many : few;

const isBars = column => column.chips.every(chip => chip.draws === 'bars');

const widthOf = (column, few, many) => isBars(column) ? barsWidth(column) : Math.max(...[...layoutsOf(column, sizeOf(column, few, many), spaceOf()).values()].map(l => l.width));

const headWidth = ({column, kind, name}) => kind === 'block' ? 7.3 * Math.max(short(name).length, 11) + BLOCK : Math.max(SCALE, 7.3 * (short(column.label).length + 1 + shape(drawn(column).shape).length), column.chips.length > 1 ? column.chips.reduce((sum, chip) => sum + 6.7 * chip.word.length + 7, 0) : 0);

function column(item, sizes) {
  const {column: c, kind} = item, title = kind === 'block' ? item.name : c.label, view = isBars(c) ? bars(c) : picture(c, sizeOf(c, sizes.few, sizes.many), sizes.space);
  const shapeText = el('small'), scale = el('div', {class: 'scale'}), says = phone() && isInput(c.chips[0]) ? answer() : null, chips = kind === 'block' ? blockButton(item) : chipRow(c);
  const node = el('section', {class: 'column' + (kind === 'block' ? ' block' : ''), 'aria-label': title, title},
    el('div', {class: 'label'}, el('h3', {}, short(title), ' ', shapeText), chips.node),
    el('div', {class: 'body'}, view.node, says?.node), scale);
  const update = () => {
    const chip = drawn(c), layer = seen(chip);
    shapeText.textContent = kind === 'block' ? '' : shape(chip.shape);
    chips.update(chip);
    view.draw();
    says?.update();
    scaled(scale, chip, layer, isBars(c));
  };
  return {item, node, view, update, column: c, body: node.querySelector('.body')};
}

/** Within its block a layer goes by its own name. */
const short = name => name.split('.').at(-1);

function chipRow({label, chips}) {
  if (chips.length === 1) return {node: el('div', {class: 'chips'}, el('span', {}, chips[0].word === label || isInput(chips[0]) ? '' : chips[0].word)), update: () => {}};
  const buttons = chips.map(chip => el('button', {onclick: () => pickChip({label}, chip.layer), title: chip.layer}, chip.word));
  return {
    node: el('div', {class: 'chips', role: 'group', 'aria-label': t('chipsOf', label)}, buttons),
    update: now => buttons.forEach((button, i) => button.setAttribute('aria-pressed', chips[i] === now)),
  };
}

function blockButton({key, name, size}) {
  const open = () => set({opened: new Set([...state.opened, key]), focus: null});
  return {node: el('div', {class: 'chips'}, el('button', {class: 'opens', onclick: open, 'aria-expanded': false, 'aria-label': t('openBlock', name, size)}, t('columns', size) + ' ▸')), update: () => {}};
}

function sliver(item) {
  const name = short(item.was === 'block' ? item.name : item.column.label);
  const node = el('button', {class: 'sliver', 'aria-label': t('sliver', name), onclick: () => set({focus: item.first, selected: null, value: null})}, el('span', {}, name));
  return {item, node, view: null, update: () => {}, column: item.column, body: node};
}

/** Columns of an opened block stand in a frame with its name. */
function framed(list) {
  const result = [];
  let frame = null, key = '';
  for (const part of list) {
    if (part.item.frame !== key) {
      key = part.item.frame;
      frame = key && el('div', {class: 'frame', role: 'group', 'aria-label': nameOfFrame(key)}, closer(key));
      if (key) result.push(frame);
    }
    if (key) frame.append(part.node); else result.push(part.node);
  }
  return result;
}

function closer(key) {
  const name = nameOfFrame(key);
  const close = () => set({opened: new Set([...state.opened].filter(k => !k.startsWith(key))), focus: null});
  return el('button', {class: 'closes', onclick: close, 'aria-expanded': true, 'aria-label': t('closeBlock', name)}, '▾ ' + name);
}

function scaled(node, chip, layer, asBars) {
  if (asBars || !state.net.seen) { fill(node, state.acts && !state.acts.trained ? t('random') : null); return; }
  const [least, most] = rangeOf(chip, layer), pixels = isInput(chip) && state.net.input.kind === 'image' && state.direction === 'forward';
  const hidden = layer?.maps && layer.of > MOST_MAPS ? t('moreMaps', layer.of - layer.maps.length) : null;
  fill(node, least, el('i', {class: pixels ? 'grey' : ''}), most, hidden && el('span', {}, ' ' + hidden));
}

/** Wires stay where they are while only numbers change. */
function draw(changed) {
  const stale = state.phase === 'reading' || state.checked?.diagnostics.some(d => d.severity === 'error');
  $('graph').classList.toggle('stale', !!stale);
  for (const part of parts) part.update();
  const onlyNumbers = changed && !['chips', 'selected', 'value', 'direction'].some(name => changed.has(name));
  if (state.net && !phone() && !onlyNumbers) wires.draw(parts, state.net);
}
