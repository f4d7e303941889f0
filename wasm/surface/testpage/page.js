// Starts the test page's Wasm, and measures text by means of its own, so that the
// tests do not ask the surface about itself.
const go = new Go();
WebAssembly.instantiateStreaming(fetch("/app.wasm"), go.importObject).then((r) => go.run(r.instance));

const frames = (n = 2) => new Promise((done) => {
  const step = () => (n-- > 0 ? requestAnimationFrame(step) : done(true));
  step();
});

const run = (i) => document.querySelector(`.para[data-i="${i}"] .para-text`).firstChild;

// Client rectangles of UTF-16 units [start,end) of paragraph i: [left, top, right, bottom].
function rectsOf(i, start, end) {
  const r = document.createRange();
  r.setStart(run(i), start);
  r.setEnd(run(i), end);
  return [...r.getClientRects()].map((q) => [q.left, q.top, q.right, q.bottom]);
}

// Rectangles painted for the mark with this id, in all paragraphs.
const painted = (id) => [...document.querySelectorAll(`.mark[data-id="${id}"]`)].map((e) => {
  const q = e.getBoundingClientRect();
  return [q.left, q.top, q.right, q.bottom];
});

const bounds = (selector) => {
  const e = document.querySelector(selector);
  if (!e) return null;
  const q = e.getBoundingClientRect();
  return [q.left, q.top, q.right, q.bottom];
};

// What the content security policy stops is an error of the test.
addEventListener("securitypolicyviolation", (e) => console.error(`blocked: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
