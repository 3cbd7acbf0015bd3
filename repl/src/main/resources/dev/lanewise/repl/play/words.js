// What the page says, in the language that is chosen. What the server says comes in that language already.

import {state} from './store.js';
import {english} from './words.en.js';
import {chinese} from './words.zh.js';

const books = {en: english, zh: chinese};

/** The sentence with that name, its places {0}, {1} … filled. */
export function t(name, ...parts) {
  const text = books[state.lang][name] ?? english[name];
  if (text === undefined) throw new Error('no word ' + name);
  return text.replace(/\{(\d)\}/g, (_, i) => parts[i]);
}

/** Fills every element with data-word (its text) or data-label (its name for a reader). */
export function sayAll() {
  document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';
  document.querySelectorAll('[data-word]').forEach(e => { e.textContent = t(e.dataset.word); });
  document.querySelectorAll('[data-label]').forEach(e => e.setAttribute('aria-label', t(e.dataset.label)));
}
