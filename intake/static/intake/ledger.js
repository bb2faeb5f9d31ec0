/*
  Says how far an export is while its download is on the way, and stops it without leaving the page.
  Without this script the page says the same when it is opened again.
*/

const LOOK_EVERY = 1000;
// The server begins a moment after the press; a page that hears nothing for so long is at rest.
const LOOKS_IN_VAIN = 5;

const place = document.getElementById("ledger-run");
const words = document.getElementById("ledger-words");
const bar = document.getElementById("ledger-bar");
const stop = document.getElementById("ledger-stop");
let left = 0;
let timer = 0;

function show(told) {
  place.hidden = !told.words;
  words.textContent = told.words || "";
  bar.max = told.total || 1;
  bar.value = told.done || 0;
  bar.hidden = stop.hidden = !told.is_running;
}

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      const told = await answer.json();
      show(told);
      left = told.is_running ? LOOKS_IN_VAIN : left - 1;
    } else {
      left -= 1;
    }
  } catch (error) {
    left -= 1;
  }
  if (left <= 0) {
    clearInterval(timer);
    timer = 0;
  }
}

function watch() {
  left = LOOKS_IN_VAIN;
  timer = timer || setInterval(look, LOOK_EVERY);
}

if (place) {
  for (const form of document.querySelectorAll("[data-ledger]")) {
    form.addEventListener("submit", (event) => {
      if (!event.submitter || !("print" in event.submitter.dataset)) {
        watch();
      }
    });
  }
  stop.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = new FormData(stop);
    await fetch(stop.action, { method: "POST", body: sent }).catch(() => undefined);
    watch();
  });
  if ("isRunning" in place.dataset) {
    watch();
  }
}
