"use strict";
// Starts Hashiya: preferences before the first paint, then app.wasm, then the
// service worker. It also gives go-app's client the globals it looks for.

const hashiyaVersion = "{{VERSION}}";

// --- Preferences -------------------------------------------------------------

const prefsKey = "hashiya.prefs";
// The first of each is the default.
const prefsAllowed = {
  lang: ["ar", "en"],
  theme: ["system", "light", "dark"],
  textSize: ["m", "s", "l", "xl"],
  readingFont: ["amiri", "noto"],
};

// allowedPrefs puts the default in place of what is missing or unknown. What
// only the app reads is kept as it is.
function allowedPrefs(given) {
  const prefs = { ...given };
  for (const [name, allowed] of Object.entries(prefsAllowed)) {
    prefs[name] = allowed.includes(given[name]) ? given[name] : allowed[0];
  }
  return prefs;
}

function readPrefs() {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem(prefsKey)) || {};
  } catch { } // storage forbidden, or not ours: the defaults stand
  return allowedPrefs(stored);
}

function applyPrefs(prefs) {
  const root = document.documentElement;
  root.lang = prefs.lang;
  root.dir = prefs.lang === "ar" ? "rtl" : "ltr";
  if (prefs.theme === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = prefs.theme;
  }
  root.dataset.textSize = prefs.textSize;
  root.dataset.readingFont = prefs.readingFont;

  // A theme chosen by hand also colours the browser's own bars.
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.dataset.own ||= meta.content;
    const other = document.querySelector(`meta[name="theme-color"][media*="${prefs.theme}"]`);
    meta.content = other ? other.dataset.own || other.content : meta.dataset.own;
  }
}

function hashiyaPrefs() {
  return JSON.stringify(readPrefs());
}

// hashiyaSetPrefs stores the given preferences over the present ones and applies them.
function hashiyaSetPrefs(json) {
  const prefs = allowedPrefs({ ...readPrefs(), ...JSON.parse(json) });
  try {
    localStorage.setItem(prefsKey, JSON.stringify(prefs));
  } catch { } // they then last as long as the page
  applyPrefs(prefs);
}

applyPrefs(readPrefs());
window.addEventListener("storage", (event) => {
  if (event.key === prefsKey) applyPrefs(readPrefs());
});

// --- What go-app's client calls ------------------------------------------------

var goappNav = () => { };
var goappUpdatedBeforeWasmLoaded = false;
var goappOnUpdate = () => { goappUpdatedBeforeWasmLoaded = true; };
var goappAppInstallChangedBeforeWasmLoaded = false;
var goappOnAppInstallChange = () => { goappAppInstallChangedBeforeWasmLoaded = true; };

const goappEnv = {
  GOAPP_VERSION: hashiyaVersion,
  // Links to these leave the app: a download must reach the server.
  GOAPP_INTERNAL_URLS: JSON.stringify([location.origin + "/api/"]),
};

function goappGetenv(name) {
  return goappEnv[name];
}

function goappKeepBodyClean() {
  const count = document.body.children.length;
  const observer = new MutationObserver(() => {
    while (document.body.children.length > count) document.body.lastElementChild.remove();
  });
  observer.observe(document.body, { childList: true });
  return () => observer.disconnect();
}

// --- Installing as an app --------------------------------------------------------

let installPrompt = null;

function installChanged() {
  goappOnAppInstallChange();
  window.dispatchEvent(new Event("hashiya:install"));
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installPrompt = event;
  installChanged();
});
window.addEventListener("appinstalled", () => {
  installPrompt = null;
  installChanged();
});

function goappIsAppInstalled() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

function goappIsAppInstallable() {
  return installPrompt !== null && !goappIsAppInstalled();
}

function goappIsAppleBrowser() {
  return /iP(hone|ad|od)/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

async function goappShowInstallPrompt() {
  if (!installPrompt) return;
  const prompt = installPrompt;
  installPrompt = null; // a prompt can be shown once
  prompt.prompt();
  await prompt.userChoice;
  installChanged();
}

// --- The service worker and its updates -------------------------------------------

const updateInterval = 60 * 60 * 1000;
let registration = null;
let applying = false;
let replaced = false; // another tab has put a new version in place

async function startWorker() {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (applying) {
      location.reload();
    } else if (controlled) {
      replaced = true;
      updateWaits();
    }
    controlled = true; // the first worker of a first visit is no update
  });
  try {
    registration = await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
  } catch (err) {
    console.error("Hashiya will not work offline: registering /worker.js failed:", err);
    return;
  }
  if (hashiyaUpdateWaiting()) updateWaits();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && hashiyaUpdateWaiting()) updateWaits();
    });
  });

  let checked = Date.now();
  const check = () => {
    if (document.visibilityState !== "visible" || Date.now() - checked < updateInterval) return;
    checked = Date.now();
    goappTryUpdate();
  };
  setInterval(check, updateInterval);
  document.addEventListener("visibilitychange", check);
}

function updateWaits() {
  goappOnUpdate();
  window.dispatchEvent(new Event("hashiya:update"));
}

// goappTryUpdate asks the server for a new version. Being offline is no error.
function goappTryUpdate() {
  registration?.update().catch(() => { });
}

// hashiyaUpdateWaiting says whether a complete new version stands by.
function hashiyaUpdateWaiting() {
  return replaced || Boolean(registration?.waiting && registration.active);
}

// hashiyaApplyUpdate puts the waiting version in place and reloads the page. The
// caller sees to it that nothing is unsaved. It returns false when none waits.
function hashiyaApplyUpdate() {
  if (replaced) {
    location.reload();
    return true;
  }
  if (!registration?.waiting) return false;
  applying = true;
  registration.waiting.postMessage("hashiya:activate");
  // A browser may keep the old worker while it still answers something of this page.
  setTimeout(() => location.reload(), 5000);
  return true;
}

// --- WebAssembly --------------------------------------------------------------------

const failures = {
  unsupported: {
    ar: "هذا المتصفح لا يدعم WebAssembly. حدّث المتصفح أو افتح حاشية في متصفح آخر.",
    en: "This browser does not support WebAssembly. Update it, or open Hashiya in another one.",
  },
  download: {
    ar: "لم يكتمل تنزيل التطبيق. تحقّق من الاتصال ثم أعد المحاولة. عملك المحفوظ على هذا الجهاز لم يُمسّ.",
    en: "The app could not be downloaded. Check the connection, then try again. Work saved on this device is untouched.",
  },
  stopped: {
    ar: "توقّف التطبيق فجأة. أعد فتح الصفحة: ما حُفظ على هذا الجهاز باقٍ كما هو.",
    en: "The app stopped unexpectedly. Open the page again: what was saved on this device is still there.",
  },
};

// The download starts here, in <head>, while the rest of the page is still on its way.
const wasmResponse = typeof WebAssembly === "object" ? fetch("/app.wasm") : null;
wasmResponse?.catch(() => { }); // reported where it is awaited
const loaderMarkup = new Promise((resolve) => {
  document.addEventListener("DOMContentLoaded", () => resolve(document.getElementById("loader")), { once: true });
});

async function startApp() {
  const loader = await loaderMarkup;
  if (!wasmResponse) {
    fail(loader, failures.unsupported, "");
    return;
  }
  let go, instance;
  try {
    const response = await wasmResponse;
    if (!response.ok) throw new Error(`GET /app.wasm: ${response.status} ${response.statusText}`);
    showProgress(response);
    go = new Go();
    ({ instance } = await instantiate(response, go.importObject));
  } catch (err) {
    console.error("starting app.wasm failed:", err);
    fail(loader, failures.download, err);
    return;
  }
  const stopped = go.run(instance);
  startWorker();
  stopped.catch((err) => err).then((err) => {
    document.body.prepend(loader);
    fail(loader, failures.stopped, err || "app.wasm exited");
  });
}

async function instantiate(response, imports) {
  if (WebAssembly.instantiateStreaming && response.headers.get("Content-Type")?.startsWith("application/wasm")) {
    return WebAssembly.instantiateStreaming(response, imports);
  }
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

// showProgress reads along on a copy, so that the browser compiles the original
// response and can keep the compiled code. Content-Length counts compressed bytes,
// the stream does not: X-Wasm-Length has the true length. A page under a worker
// reads from its cache, at once, and needs no bar.
async function showProgress(response) {
  const total = Number(response.headers.get("X-Wasm-Length"));
  if (!total || !response.body || navigator.serviceWorker?.controller) return;
  const bar = document.getElementById("loader-progress");
  const reader = response.clone().body.getReader();
  try {
    for (let loaded = 0; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      loaded += value.byteLength;
      bar.value = Math.min(100, Math.round((loaded * 100) / total));
    }
  } catch { } // the same failure reaches instantiate, which reports it
}

function fail(loader, why, err) {
  loader.classList.add("is-failed");
  loader.setAttribute("aria-busy", "false");
  loader.querySelector("#loader-error-ar").textContent = why.ar;
  loader.querySelector("#loader-error-en").textContent = why.en;
  loader.querySelector("#loader-error-code").textContent = String(err);
  loader.querySelector("#loader-error").hidden = false;
  const retry = loader.querySelector("#loader-retry");
  retry.addEventListener("click", () => location.reload());
  retry.focus();
}

startApp();
