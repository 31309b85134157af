// Stands by one owner's page, and no other: gives it without network, and sends what was pressed on it.
"use strict";
importScripts("answers.js");
const PAGE = new URL(registration.scope).pathname;
const KEPT = 30 * 24 * 3600 * 1000;
const PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const itself = request.mode === "navigate" && new URL(request.url).pathname === PAGE;
  if (request.method === "GET" && (itself || request.mode !== "navigate")) event.respondWith(given(request, itself));
});
addEventListener("sync", (event) => event.waitUntil(sendAnswers(PAGE)));

async function given(request, itself) {
  try {
    const answer = await fetch(request, itself ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (itself && answer.status === 404) {
      await forget(PAGE);
      await registration.unregister();
    }
    return answer;
  } catch (fault) {
    const cache = (await caches.has(PAGE)) && (await caches.open(PAGE));
    const copy = cache && (await cache.match(itself ? PAGE : request));
    if (!copy) throw fault;
    if (!itself || Date.now() - Date.parse(copy.headers.get("Date")) < KEPT) return copy;
    await forget(PAGE);
    throw fault;
  }
}
