// Elements without markup in strings: the content security policy forbids styles there, and a script's words are only ever text.

export const $ = id => document.getElementById(id);

/** el('button', {class: 'quiet', onclick: f, 'aria-pressed': true}, 'text', child, …); false, null and undefined leave out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) put(node, name, value);
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name.startsWith('aria-')) node.setAttribute(name, value);
  else if (value !== false) node.setAttribute(name, value === true ? '' : value);
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** A sentence in which what stands in backticks is code. */
export function sentence(text) {
  return text.split('`').map((part, i) => i % 2 ? el('code', {}, part) : part);
}

/** One of several buttons is pressed; what it is called is its data-value. */
export function segments(group, chosen) {
  group.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) chosen(button.dataset.value);
  });
  return value => group.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', b.dataset.value === value));
}

/** A canvas of so many CSS pixels, with as many pixels as the screen has there; gives the context, scaled. */
export function surface(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const w = Math.round(width * ratio), h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = width + 'px';
    canvas.style.height = height + 'px';
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** The value of a colour token of the sheet. */
export const token = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

let voice = 0;

/** Says something through the one polite live region. */
export function speak(text) {
  clearTimeout(voice);
  voice = setTimeout(() => { $('live').textContent = text; }, 60);
}
