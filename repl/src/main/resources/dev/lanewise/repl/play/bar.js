// The bar: words, theme, sharing, what to take along, and how the line to the server is.

import {state, set, on} from './store.js';
import {$, el, fill} from './dom.js';
import {fetchFile} from './stream.js';
import {write} from './address.js';
import {connect} from './events.js';
import {notice, refused} from './notices.js';
import {toggle as toggleLessons} from './lessons.js';
import {help} from './keys.js';
import {sayAll, t} from './words.js';

const takes = [['script', 'takeScript'], ['weights', 'takeWeights'], ['onnx', 'takeOnnx'], ['report', 'takeReport']];
const tabs = ['script', 'net', 'training', 'try'];

export function startBar() {
  $('lang').addEventListener('click', () => { set({lang: state.lang === 'zh' ? 'en' : 'zh', chosenLang: true}); write(); connect(); });
  $('theme').addEventListener('click', turnTheme);
  $('share').addEventListener('click', share);
  $('drawer').addEventListener('click', () => set({drawer: !state.drawer}));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', event => { if (!state.chosenTheme) set({theme: event.matches ? 'dark' : 'light'}); });
  $('tabs').addEventListener('click', event => { const button = event.target.closest('button'); if (button) set({tab: button.dataset.value}); });
  $('skip').addEventListener('click', () => set({tab: 'net'}));
  on('lang theme', said);
  on('theme', () => { document.documentElement.dataset.theme = state.theme; });
  on('tab', place);
  phone.addEventListener('change', place);
  on('drawer', () => { document.body.classList.toggle('drawer', state.drawer); $('drawer').setAttribute('aria-expanded', state.drawer); });
  on('link notice lang name', link);
  document.documentElement.dataset.theme = state.theme;
  said();
  place();
  link();
}

function turnTheme() {
  set({theme: state.theme === 'dark' ? 'light' : 'dark', chosenTheme: true});
  write();
}

function said() {
  sayAll();
  $('lang').textContent = t('otherLanguage');
  $('lang').lang = state.lang === 'zh' ? 'en' : 'zh-CN';
  $('theme').textContent = t(state.theme === 'dark' ? 'light' : 'dark');
  fill($('takes'), links('takes'));
  const act = (word, action) => el('button', {class: 'quiet', onclick: () => { $('mores').hidePopover(); action(); }}, t(word));
  fill($('mores'), act('lessons', toggleLessons), act('share', share), act('keys', help), act(state.theme === 'dark' ? 'light' : 'dark', turnTheme), el('hr'), links('mores'));
}

const links = menu => takes.map(([what, word]) => el('button', {class: 'quiet', onclick: () => { $(menu).hidePopover(); takeAlong(what); }}, t(word)));

/** Saves a file of the server's; what it will not give is told in the bar. */
async function takeAlong(what) {
  try {
    const {name, blob} = await fetchFile('take/' + what), url = URL.createObjectURL(blob);
    el('a', {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (refusal) {
    refused(refusal);
  }
}

const phone = matchMedia('(max-width: 839px)');

/** On a phone one pane is all there is: it is what the page is about. */
function place() {
  document.body.dataset.tab = state.tab;
  for (const [id, role, ...shownIn] of [['script', 'region', 'script'], ['side', 'complementary', 'training', 'try']]) $(id).setAttribute('role', phone.matches && shownIn.includes(state.tab) ? 'main' : role);
  $('tabs').querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', tabs.includes(state.tab) && b.dataset.value === state.tab));
}

/** The link is without the token: it opens wherever a page of Lanewise has been open. */
async function share() {
  await write();
  try {
    await navigator.clipboard.writeText(`${location.origin}/${location.hash}`);
    notice(t('copied'));
  } catch {
    notice(t('notCopied'));
  }
}

function link() {
  const {link: now, notice: text} = state, gone = now === 'gone';
  $('status').textContent = now === 'live' || gone ? text : t(now);
  $('status').classList.toggle('warn', now === 'reconnecting');
  $('banner').hidden = !gone;
  document.body.classList.toggle('gone', gone);
  if (gone) fill($('banner'), t('gone'), el('code', {}, 'lanewise play' + (state.name ? ' ' + state.name : '')));
}
