// What the network looks at, as a map over the picture.

import {state, set} from './store.js';
import {ask, latest} from './stream.js';
import {values} from './numbers.js';
import {refused} from './notices.js';

/** The map over the picture, if one is wanted. */
export const heat = latest(async () => {
  if (state.look === 'plain') { set({heat: null}); return; }
  try {
    const {look: method} = state, map = await ask('look', {method});
    if (method === state.look) set({heat: {...map, data: values(map)}});
  } catch (refusal) {
    set({look: 'plain', heat: null});
    refused(refusal);
  }
});

export function look(method) {
  set({look: method});
  heat();
}
