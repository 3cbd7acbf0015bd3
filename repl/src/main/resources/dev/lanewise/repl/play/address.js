// The state that a link shares, in the fragment, which no server sees: script, value, direction, example, chips, words, theme.

import {state} from './store.js';
import {packed, values} from './numbers.js';

/** Text → deflated, as letters that an address may hold. */
async function squeezed(text) {
  return letters(await through(new Blob([text]), new CompressionStream('deflate-raw')));
}

async function unsqueezed(word) {
  const bytes = Uint8Array.from(atob(word.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
  return new TextDecoder().decode(await through(new Blob([bytes]), new DecompressionStream('deflate-raw')));
}

const through = async (blob, stream) => new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer());

function letters(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What the address says: whatever is missing or damaged is left out. */
export async function read() {
  const words = new URLSearchParams(location.hash.slice(1)), found = {};
  if (words.has('script')) found.text = await unsqueezed(words.get('script')).catch(() => undefined);
  if (words.has('name')) found.name = words.get('name');
  if (words.has('value')) found.selected = valueOf(words.get('value'));
  if (words.get('dir') === 'backward') found.direction = 'backward';
  if (words.has('example')) found.example = await exampleOf(words.get('example')).catch(() => undefined);
  if (words.has('chips')) found.chips = Object.fromEntries(words.get('chips').split(';').map(pair => pair.split('=')).filter(pair => pair.length === 2));
  if (['en', 'zh'].includes(words.get('lang'))) found.lang = words.get('lang');
  if (['light', 'dark'].includes(words.get('theme'))) found.theme = words.get('theme');
  if (words.has('lesson')) found.lesson = Number(words.get('lesson')) || null;
  return found;
}

function valueOf(word) {
  const [, layer, places] = word.match(/^(.+)\[([\d,]+)\]$/) ?? [];
  return layer ? {layer, at: places.split(',').map(Number)} : null;
}

async function exampleOf(word) {
  if (!word.startsWith('own:')) {
    return /^\d+$/.test(word) ? {index: +word} : undefined;
  }
  const [, shape, deflated] = word.split(':'), numbers = (await unsqueezed(deflated)).split(' ').map(v => v / 255);
  const dimensions = shape.split('x').map(Number);
  return numbers.length === dimensions.reduce((a, b) => a * b, 1) ? {pixels: packed(numbers, dimensions)} : undefined;
}

async function exampleWord(example) {
  if (!example.pixels) return String(example.index);
  if (example.pixels.shape.length !== 3) return null;
  const word = `own:${example.pixels.shape.join('x')}:${await squeezed(Array.from(values(example.pixels), v => Math.round(v * 255)).join(' '))}`;
  return word.length < 4000 ? word : null;
}

async function written() {
  const words = new URLSearchParams(), {draft, name, selected, direction, example, chips, chosenLang, chosenTheme, lesson} = state;
  if (draft) words.set('script', await squeezed(draft));
  if (name) words.set('name', name);
  if (selected) words.set('value', `${selected.layer}[${selected.at}]`);
  if (direction !== 'forward') words.set('dir', direction);
  const word = example && await exampleWord(example);
  if (word) words.set('example', word);
  const pairs = Object.entries(chips);
  if (pairs.length) words.set('chips', pairs.map(pair => pair.join('=')).join(';'));
  if (chosenLang) words.set('lang', state.lang);
  if (chosenTheme) words.set('theme', state.theme);
  if (lesson) words.set('lesson', lesson);
  return '#' + words;
}

let depth = history.state?.depth ?? 0, turn = 0;

/** Writes the state into the address; a new value is a step of the history, everything else is not. */
export async function write(step = false) {
  const mine = ++turn, words = await written();
  if (mine !== turn && !step) return;
  if (words === location.hash) return;
  if (step) history.pushState({depth: ++depth}, '', words);
  else history.replaceState({depth}, '', words);
}

/** One step back or forth among the values, never off this page. */
export function walk(by) {
  if (by < 0 && depth === 0) return;
  history.go(by);
}

addEventListener('popstate', event => { depth = event.state?.depth ?? 0; });
