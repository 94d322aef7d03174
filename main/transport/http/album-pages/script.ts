/**
 * What the page does beyond its links: it plays and shows items in place, and tells how much of a video was watched.
 * It is sent as it stands here, to browsers old and new; tests run it in a real one.
 */
export const SCRIPT = `
'use strict';
const byId = (id) => document.getElementById(id);
const viewer = byId('viewer'), stage = byId('stage'), previous = byId('previous'), next = byId('next');
const cards = Array.from(document.querySelectorAll('a[data-kind]'));
const EVERY_MS = 10000;
let shown = -1;
/** What was watched of each video since the page was opened: one view each. */
const views = new Map();
let watching = null;

function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function partPlayed(video) {
  if (!(video.duration > 0) || !Number.isFinite(video.duration)) return 0;
  let seconds = 0;
  for (let i = 0; i < video.played.length; i += 1) seconds += video.played.end(i) - video.played.start(i);
  return Math.min(100, (100 * seconds) / video.duration);
}

function watch(video, id) {
  if (!views.has(id)) views.set(id, { id, session: newSession(), seconds: 0, completion: 0, sent: '' });
  const view = views.get(id);
  let last = 0;
  const report = () => tell(view);
  video.addEventListener('timeupdate', () => {
    const step = video.currentTime - last;
    // A jump is not watched.
    if (!video.seeking && step > 0 && step < 2) view.seconds += step;
    last = video.currentTime;
    view.completion = Math.max(view.completion, partPlayed(video));
  });
  video.addEventListener('seeking', () => { last = video.currentTime; });
  video.addEventListener('pause', report);
  video.addEventListener('ended', report);
  watching = { view, timer: setInterval(report, EVERY_MS) };
}

function tell(view) {
  if (view.seconds < 0.5) return;
  const body = JSON.stringify({
    watch_duration: Math.round(view.seconds),
    completion_percentage: Math.round(view.completion * 100) / 100,
    session_id: view.session,
  });
  if (body === view.sent) return;
  view.sent = body;
  const headers = { 'Content-Type': 'application/json' };
  fetch('/api/v1/videos/' + view.id + '/track-view', { method: 'POST', headers, body, keepalive: true }).catch(() => {
    view.sent = '';
  });
}

function leave() {
  if (watching) {
    clearInterval(watching.timer);
    tell(watching.view);
    watching = null;
  }
  const video = stage.querySelector('video');
  if (video) {
    video.pause();
    // Only this ends its download.
    video.removeAttribute('src');
    video.load();
  }
  stage.replaceChildren();
}

function show(index) {
  leave();
  shown = index;
  const card = cards[index];
  const { kind, video: videoId, name, note } = card.dataset;
  const medium = document.createElement(kind === 'video' ? 'video' : 'img');
  if (kind === 'video') {
    medium.controls = medium.autoplay = medium.playsInline = true;
    medium.setAttribute('aria-label', name);
    watch(medium, videoId);
  } else {
    medium.alt = name;
  }
  medium.src = card.href;
  stage.append(medium);
  byId('viewer-name').textContent = name;
  byId('viewer-note').textContent = [note, index + 1 + ' of ' + cards.length].filter(Boolean).join(' · ');
  previous.disabled = index === 0;
  next.disabled = index === cards.length - 1;
}

function step(by) {
  const index = shown + by;
  if (index < 0 || index >= cards.length) return;
  show(index);
  viewer.focus();
}

for (const [index, card] of cards.entries()) {
  card.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(index);
    viewer.showModal();
    viewer.focus();
  });
}
previous.addEventListener('click', () => step(-1));
next.addEventListener('click', () => step(1));
byId('close').addEventListener('click', () => viewer.close());
viewer.addEventListener('close', () => {
  leave();
  cards[shown].focus();
});
viewer.addEventListener('keydown', (event) => {
  const { key, target } = event;
  // The player has keys of its own.
  if (target instanceof HTMLVideoElement) return;
  if (key === 'ArrowLeft') step(-1);
  else if (key === 'ArrowRight') step(1);
  else if (key === ' ' && target === viewer) {
    const video = stage.querySelector('video');
    if (!video) return;
    event.preventDefault();
    if (video.paused) video.play(); else video.pause();
  }
});
addEventListener('pagehide', () => { if (watching) tell(watching.view); });
`
