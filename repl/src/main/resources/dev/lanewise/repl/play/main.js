// The page begins: what the address says, what the session has, then every pane by itself.

import {state, set} from './store.js';
import {knowPage} from './stream.js';
import {read} from './address.js';
import {connect, known, wishFor} from './events.js';
import {sendScript} from './commands.js';
import {refused} from './notices.js';
import {show} from './sight.js';
import {select} from './walk.js';
import {startBar} from './bar.js';
import {startFiles} from './files.js';
import {offerLeft} from './left.js';
import {startEditor} from './editor.js';
import {startNetwork} from './network.js';
import {startDock} from './dock.js';
import {startTraining} from './training.js';
import {startCurve} from './curve.js';
import {startConfusion} from './confusion.js';
import {startTry} from './try.js';
import {startLessons} from './lessons.js';
import {startTour} from './tour.js';
import {startKeys} from './keys.js';

const {kept} = await knowPage(), wish = await read();

set({
  lang: wish.lang ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'), chosenLang: !!wish.lang,
  theme: wish.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'), chosenTheme: !!wish.theme,
  direction: wish.direction ?? 'forward', example: wish.example ?? null, chips: wish.chips ?? {}, lesson: wish.lesson ?? null,
  selected: wish.selected ?? null, batchSize: kept ? Number(sessionStorage.getItem('lanewise.batch')) || null : null,
});

[startBar, startEditor, startNetwork, startDock, startTraining, startCurve, startConfusion, startTry, startLessons, startTour, startKeys].forEach(start => start());
connect();
startFiles();
await known;
await begin();
if (!kept) await offerLeft();

/** A link's script is opened; after a reload the session has it already, and goes on with what it does. */
async function begin() {
  if (!wish.text || wish.text === state.text) { set({draft: state.text}); return; }
  if (kept && state.text) { set({draft: wish.text, name: wish.name ?? state.name}); return; }
  await openLink(wish);
}

async function openLink({text, name = 'shared.net', selected = null, chips = {}, example = null}) {
  wishFor({selected, chips, example});
  set({draft: text});
  try {
    await sendScript({name, text});
    set({name});
  } catch (refusal) {
    refused(refusal);
  }
}

/** Back and forth: only what a link tells of the picture. An address that somebody put in is a link, with its script. */
addEventListener('popstate', async event => {
  const found = await read(), {selected = null, direction = 'forward', chips = {}} = found;
  set({direction, chips});
  if (event.state === null && found.text !== undefined && found.text !== state.draft) { await openLink(found); return; }
  if (selected) select(selected.layer, selected.at, false); else select(null, null, false);
  show();
});
