// One value: where it came from, term by term, and what it does to the loss. Every term is a button that leads on.

import {el, sentence, surface} from './dom.js';
import {brief, fixed, roundUp} from './numbers.js';
import {css, gold, mixed, on} from './colors.js';
import {select} from './walk.js';
import {t} from './words.js';

const CELL = 24, GRID = 121;

export function valueView(value, back) {
  return [
    el('div', {class: 'head'}, el('h2', {id: 'dock-title', class: 'value'}, `${value.symbol} = ${fixed(value.value)}`), el('span', {class: 'grow'}),
      el('button', {class: 'button', onclick: back, 'data-key': 'back'}, t('all'))),
    el('div', {class: 'two'}, el('div', {}, forward(value)), el('div', {}, backward(value))),
  ];
}

function forward({forward: f, kernel, layer}) {
  if (!f || layer === 'input' || !f.from) return [el('h3', {}, t('forward')), el('p', {class: 'caption'}, f?.words || t('isInput'))];
  const many = f.terms.length + f.rest.count;
  return [
    el('h3', {}, t('forward'), el('span', {}, t('from', f.from))),
    f.patch && patch(f.patch, f.window),
    f.words && el('p', {class: 'caption'}, sentence(f.words)),
    f.text && !f.patch && many <= 8 && el('p', {class: 'formula'}, f.text),
    f.terms.length > 0 && terms(f.terms.slice(0, f.patch ? 4 : 9), folded(f, f.patch ? 4 : 9), f.bias, f.sum, 'f', term => [term.value, term.weight]),
    kernel !== null && kernel !== undefined && el('p', {class: 'caption'}, t('kernel', fixed(kernel, 6))),
  ];
}

/** The rest, with the terms for which there is no room. */
const folded = ({terms: all, rest}, shown) => all.slice(shown).reduce((sum, term) => ({count: sum.count + 1, sum: sum.sum + term.product}), rest);

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

function backward({backward: b, symbol}) {
  const head = el('h3', {}, t('backward'), el('span', {}, t('backText')));
  if (!b) return [head, el('p', {class: 'caption'}, t('noBackward'))];
  return [
    head,
    b.steps.length > 0 && el('ol', {class: 'chain'}, b.steps.map(step => el('li', {}, el('span', {}, step.text), step.words && el('em', {}, sentence(step.words))))),
    b.stopped && el('p', {class: 'stopped'}, b.gradient === 0 ? t('zeroGradient') + ' ' : '', sentence(capital(b.stopped))),
    b.terms.length > 0 ? terms(b.terms.slice(0, 7), folded(b, 7), null, b.sum, 'b', term => [term.gradient, term.slope])
      : !b.stopped && el('p', {class: 'formula'}, `∂${symbol} = ${fixed(b.gradient, 4)}`),
  ];
}

function patch({height, width, channel, values, weights, products}, window) {
  const several = window && window.channel === null && channel !== null;
  const grids = [[t(several ? 'valuesChannel' : 'valuesHead', channel), values], [t('weightsHead'), weights], [t('products'), products]].map(([name, numbers]) => grid(name, numbers, height, width));
  return el('div', {class: 'patch'}, grids[0], el('span', {'aria-hidden': true}, '×'), grids[1], el('span', {'aria-hidden': true}, '→'), grids[2]);
}

/** Numbers on their colours; without the numbers where they would be too small to read. */
function grid(name, numbers, height, width) {
  const cell = Math.min(CELL, Math.floor((GRID - 1) / Math.max(height, width))), max = roundUp(Math.max(...numbers.map(Math.abs)));
  const canvas = el('canvas', {role: 'img', 'aria-label': `${name}: ${numbers.slice(0, 49).map(v => fixed(v, 2)).join(', ')}`});
  const context = surface(canvas, cell * width + 1, cell * height + 1);
  context.font = '9px ' + getComputedStyle(document.documentElement).getPropertyValue('--mono');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  numbers.forEach((value, i) => {
    const color = mixed(value / max), x = i % width * cell, y = Math.floor(i / width) * cell;
    context.fillStyle = css(color);
    context.fillRect(x + 0.5, y + 0.5, cell - 0.5, cell - 0.5);
    if (cell < 22) return;
    context.fillStyle = on(color);
    context.fillText(brief(value), x + cell / 2 + 0.25, y + cell / 2 + 0.5);
  });
  return el('figure', {}, el('figcaption', {}, name), canvas);
}

function terms(shown, rest, bias, sum, side, factors) {
  const most = Math.max(...shown.map(term => Math.abs(term.product)), 1e-12);
  const rows = shown.map(term => {
    const [a, b] = factors(term);
    const leads = term.at.length > 0;
    return el('li', {}, el(leads ? 'button' : 'div', {onclick: leads ? () => select(term.layer, term.at) : null, title: term.symbol, 'data-key': side + term.symbol},
      el('span', {class: 'name'}, ...named(term.symbol)), el('span', {class: 'number'}, b === null ? fixed(a) : `${fixed(a)} × ${fixed(b)}`), el('span', {class: 'number'}, fixed(term.product)), bar(term.product / most)));
  });
  const extra = (cls, name, value) => el('li', {class: cls}, el('div', {}, el('span', {}, name), el('span'), el('span', {class: 'number'}, fixed(value)), bar(value / most)));
  return el('ul', {class: 'terms'}, rows, rest.count > 0 && extra('rest', t('termsMore', rest.count), rest.sum), bias !== null && bias !== undefined && extra('rest', t('bias'), bias), extra('total', t('sum'), sum));
}

/** Within a list of one layer's values their indices are enough to see; a reader hears the layer too. */
function named(symbol) {
  const start = symbol.indexOf('[');
  return start > 0 ? [el('span', {class: 'sr'}, symbol.slice(0, start)), symbol.slice(start)] : [symbol];
}

function bar(part) {
  const node = el('i', {'aria-hidden': true});
  node.style.width = Math.max(1, Math.min(1, Math.abs(part)) * 100) + '%';
  if (part > 0) node.style.background = gold;
  return el('span', {class: 'track'}, node);
}
