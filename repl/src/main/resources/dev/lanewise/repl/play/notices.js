// Sentences for the bar, which go by themselves.

import {set} from './store.js';
import {Lost, Refusal} from './stream.js';

/** A sentence for the bar: what the server would not do, and what helps. A lost connection is told of elsewhere. */
export function refused(refusal) {
  if (refusal instanceof Refusal) notice(refusal.remedy ? `${refusal.message} ${refusal.remedy}` : refusal.message);
  else if (!(refusal instanceof Lost)) throw refusal;
}

let fading = 0;

export function notice(text) {
  clearTimeout(fading);
  set({notice: text});
  fading = setTimeout(() => set({notice: ''}), 8000);
}
