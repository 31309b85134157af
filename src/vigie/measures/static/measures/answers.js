// Answers kept on the phone until they have arrived. Read by the page and by its worker alike.
"use strict";
const ANSWERS = "answers";

// Gives what the request of `act` gave.
function stored(mode, act) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("vigie", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(ANSWERS, { keyPath: "key" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const base = opening.result;
      const doing = base.transaction(ANSWERS, mode);
      const asked = act(doing.objectStore(ANSWERS));
      doing.oncomplete = () => (base.close(), done(asked.result));
      doing.onabort = () => (base.close(), failed(doing.error));
    };
  });
}

// One page's, in the order they were pressed.
async function answersOf(path) {
  const every = await stored("readonly", (store) => store.getAll());
  return every.filter((one) => one.path === path).sort((a, b) => a.pressed - b.pressed);
}

// One after another, by one sender at a time. Gives the page as it then stands, if anything arrived.
function sendAnswers(path) {
  return navigator.locks.request(`vigie ${path}`, async () => {
    let page = "";
    for (const one of await answersOf(path)) {
      if (one.refused) continue;
      const body = one.entries.some(([, value]) => typeof value !== "string") ? new FormData() : new URLSearchParams();
      for (const [name, value] of one.entries) body.append(name, value);
      body.append("key", one.key);
      // How long it lay here, and not what time it was: this phone's clock may be wrong.
      body.append("waited", Math.max(0, Math.round((Date.now() - one.pressed) / 1000)));
      const answer = await fetch(path, { method: "POST", body, headers: { Accept: "application/json", "Accept-Language": one.language } });
      if (answer.redirected && answer.ok && new URL(answer.url).search === "?kept") {
        page = await answer.text();
        await stored("readwrite", (store) => store.delete(one.key));
        continue;
      }
      const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
      const words = refused && (await answer.json().catch(() => ({}))).say;
      // Whatever else answered was not this house: it waits.
      if (!words) throw new Error(String(answer.status));
      await stored("readwrite", (store) => store.put({ ...one, refused: words }));
    }
    return page;
  });
}

// Takes one page, and what was pressed on it, off this phone.
async function forget(path) {
  await caches.delete(path);
  for (const one of await answersOf(path)) await stored("readwrite", (store) => store.delete(one.key));
}
