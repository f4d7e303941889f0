"use strict";
// Keeps Hashiya working without a network. One cache holds one complete version; a
// version whose files could not all be fetched and verified never comes into being.

const version = "{{VERSION}}";
const files = {{FILES}}; // path → SHA-256 of its content, hex
const prefix = "hashiya-";
const cacheName = prefix + version;
const shell = "/shell.html";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

// The page asks when the user has agreed; never by itself, since a page may hold
// work that is not yet saved.
self.addEventListener("message", (event) => {
  if (event.data === "hashiya:activate") self.skipWaiting();
});

async function install() {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(Object.entries(files).map(([path, hash]) => store(cache, path, hash)));
  } catch (err) {
    await caches.delete(cacheName);
    throw err; // the browser drops this worker; the one before it goes on
  }
}

// store puts a file into the cache: from an older version's cache when it is the
// same, else from the network. The hash guards against a server that changes versions
// in mid-install, and against a body cut short.
async function store(cache, path, hash) {
  const kept = await caches.match(path);
  if (kept && (await sha256(kept.clone())) === hash) {
    await cache.put(path, kept);
    return;
  }
  const response = await fetch(path, { cache: "no-cache", credentials: "same-origin", redirect: "error" });
  if (response.status !== 200 || response.type !== "basic") {
    throw new Error(`${path}: ${response.status} ${response.type}, wanted 200 basic`);
  }
  if ((await sha256(response.clone())) !== hash) {
    throw new Error(`${path}: not the content that version ${version} lists`);
  }
  await cache.put(path, response);
}

async function sha256(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // What we do not answer, the browser handles as if there were no worker: HEAD and
  // writes, parts of files, other origins, and everything of the API, event streams
  // above all.
  if (request.method !== "GET" || request.headers.has("Range")) return;
  if (url.origin !== self.location.origin || url.pathname === "/api" || url.pathname.startsWith("/api/")) return;

  if (Object.hasOwn(files, url.pathname)) {
    event.respondWith(cacheFirst(url.pathname, request));
  } else if (request.mode === "navigate" && !fileLike(url.pathname)) {
    event.respondWith(cacheFirst(shell, request));
  }
});

async function cacheFirst(path, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) || fetch(request);
}

function fileLike(path) {
  return path.slice(path.lastIndexOf("/") + 1).includes(".");
}
