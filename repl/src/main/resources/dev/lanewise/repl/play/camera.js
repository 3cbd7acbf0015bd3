// The camera, where there is one: frames go the way of every picture, and the page shows what they became.

import {el} from './dom.js';
import {latest, sendImage} from './stream.js';
import {notice, refused} from './notices.js';
import {take} from './sight.js';
import {t} from './words.js';

const SIDE = 224, EVERY = 150;

export function camera() {
  if (!navigator.mediaDevices?.enumerateDevices) return null;
  const button = el('button', {class: 'button', id: 'camera', hidden: true, 'aria-pressed': false}, t('camera'));
  navigator.mediaDevices.enumerateDevices().then(devices => { button.hidden = !devices.some(d => d.kind === 'videoinput'); }).catch(() => {});
  let stream = null, timer = 0;

  const frame = latest(async (video, canvas) => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!side) return;
    canvas.getContext('2d').drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE);
    try {
      take({pixels: (await sendImage(await new Promise(resolve => canvas.toBlob(resolve, 'image/png')))).pixels}, true);
    } catch (refusal) {
      off();
      refused(refusal);
    }
  });

  async function start() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({video: {width: 480, height: 480}});
    } catch (error) {
      notice(t('noCamera', error.message));
      return;
    }
    const video = el('video', {playsinline: true}), canvas = el('canvas', {width: SIDE, height: SIDE});
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    say();
    timer = setInterval(() => frame(video, canvas), EVERY);
  }

  function off() {
    clearInterval(timer);
    stream?.getTracks().forEach(track => track.stop());
    stream = null;
    say();
  }

  const say = () => { button.textContent = t(stream ? 'cameraOff' : 'camera'); button.setAttribute('aria-pressed', !!stream); };
  button.addEventListener('click', () => stream ? off() : start());
  return {button, end: off};
}
