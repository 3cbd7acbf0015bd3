// What a person tells the session to do.

import {state, set} from './store.js';
import {answered, ask} from './stream.js';
import {write} from './address.js';
import {select} from './walk.js';
import {refused} from './notices.js';

/** Train or pause, whichever there is to do. */
export const trainOrPause = () => tellServer(state.phase === 'training' ? 'pause' : state.phase === 'paused' ? 'go' : 'train');

/** One batch; what it did is in the table of all layers. */
export function step() {
  select(null);
  tellServer('step');
}

export const tellServer = (what, body) => ask(what, body).catch(refused);

/** Sends a script to be opened. From now on the page asks nothing of the network that goes. */
export async function sendScript(script) {
  const {phase} = state;
  set({phase: 'reading'});
  await answered();
  try {
    return await ask('open', script);
  } catch (refusal) {
    set({phase});
    throw refusal;
  }
}

/** Opens a script of the server's, or a text under a name. */
export async function openFile(name, text) {
  set({said: [], tested: null, batch: null, rate: null, diagnosed: []});
  try {
    const opened = await sendScript(text === undefined ? {name} : {name, text});
    set({name: opened.name, draft: opened.text, checked: null, selected: null, value: null, layer: null, chips: {}, example: null, opened: new Set()});
    write();
  } catch (refusal) {
    refused(refusal);
  }
}
