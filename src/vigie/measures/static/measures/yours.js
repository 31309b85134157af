// An owner's page where scripts run: what is pressed is kept on the phone first, and sent when there is network.
"use strict";
(() => {
  if (!window.indexedDB || !navigator.locks || !navigator.serviceWorker || !window.caches) return; // the forms do
  const path = location.pathname;
  const again = 20_000;
  let unkept = sessionStorage.getItem("unkept") === path;
  let registered;
  const one = (which) => document.querySelector(which);
  const closed = () => one("[data-closed]");

  async function show(reached) {
    const box = one("#phone");
    const held = await answersOf(path);
    box.querySelector("ul").replaceChildren(
      ...held.map((answer) => {
        const line = document.createElement("li");
        const time = new Date(answer.pressed).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
        const word = document.createElement("strong");
        word.textContent = answer.refused ? box.dataset.refused : box.dataset.unsent;
        line.append(`${answer.label} (${time}) – `, word, answer.refused ? ` ${answer.refused} ` : "");
        if (answer.refused) {
          const button = document.createElement("button");
          button.type = "button";
          button.dataset.drop = answer.key;
          button.textContent = box.dataset.drop;
          line.append(button);
        }
        return line;
      }),
    );
    box.querySelector("[data-offline]").hidden = reached;
    box.hidden = reached && !held.length;
    one("#kept-here").hidden = unkept || !(await caches.has(path));
  }

  /** Keep the page as it stands, with the headers that guard it. */
  async function keep() {
    if (unkept || closed()) return;
    const cache = await caches.open(path);
    const parts = [...document.querySelectorAll("link[rel~=stylesheet], link[rel=icon], script[src]")];
    await cache.addAll(parts.map((part) => part.href || part.src));
    const copy = document.documentElement.cloneNode(true);
    copy.querySelector("#phone").hidden = true;
    copy.querySelector("#phone ul").replaceChildren();
    await cache.put(path, new Response(`<!doctype html>${copy.outerHTML}`, { headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Date": new Date().toUTCString(),
    } }));
    registered = await navigator.serviceWorker.register(one("script[data-worker]").dataset.worker, { scope: path });
  }

  async function leave() {
    await forget(path);
    const here = await navigator.serviceWorker.getRegistration(path);
    if (here && new URL(here.scope).pathname === path) await here.unregister();
  }

  async function send() {
    const before = (await answersOf(path)).filter((answer) => !answer.refused).length;
    let reached = navigator.onLine;
    try {
      const page = before ? await sendAnswers(path) : "";
      if (page) {
        one("main").replaceWith(new DOMParser().parseFromString(page, "text/html").querySelector("main"));
        await (closed() ? leave() : keep());
      }
      reached = reached || before > 0;
    } catch {
      reached = false;
      if (registered?.sync) registered.sync.register("answers").catch(() => {});
      setTimeout(send, again);
    }
    await show(reached);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.closest("main") || !button || form.dataset.byHand) return;
    event.preventDefault();
    const said = new FormData(form, button);
    const choice = form.elements.task;
    if (!choice.value) {
      // «All of them» are those seen here, not those that are asked by the time it arrives.
      said.delete("task");
      for (const { value } of choice.options) if (value) said.append("task", value);
    }
    const answer = {
      key: crypto.randomUUID(), path, pressed: Date.now(), language: document.documentElement.lang,
      entries: [...said].filter(([, value]) => typeof value === "string" || value.size),
      label: `${button.textContent} – ${choice.selectedOptions?.[0].text ?? form.querySelector("strong").textContent}`,
    };
    try {
      await stored("readwrite", (store) => store.put(answer));
    } catch {
      form.dataset.byHand = "1"; // nothing can be kept here: the form goes as it would without scripts
      form.requestSubmit(button);
      return;
    }
    form.reset();
    await show(navigator.onLine);
    await send();
  });

  document.addEventListener("click", async (event) => {
    const { drop, forget: gone } = event.target.dataset;
    if (drop) await stored("readwrite", (store) => store.delete(drop));
    if (gone !== undefined) {
      const waiting = (await answersOf(path)).some((answer) => !answer.refused);
      if (waiting && !confirm(gone)) return;
      unkept = true;
      sessionStorage.setItem("unkept", path);
      await leave();
    }
    if (drop || gone !== undefined) await show(navigator.onLine);
  });
  addEventListener("online", send);
  addEventListener("offline", () => show(false));
  document.addEventListener("visibilitychange", () => document.hidden || send());
  // One after the other: a page that could not be kept still sends.
  (closed() ? leave() : navigator.onLine ? keep() : Promise.resolve()).catch(() => {}).then(send);
})();
