/*
  Warns two minutes before the session ends, and lets a press keep it. The page says the time in
  words anyway; here the same seconds run down. Other pages of the same browser tell each other when
  a request has made the session longer.
*/

const WARN_SECONDS = 120;
const LOOK_EVERY = 1000;

const said = document.getElementById("session-end");
const place = document.getElementById("session-warning");
const words = place && place.querySelector("p");
const button = place && place.querySelector("button");
const others = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;

let idleEnd = 0;
let wholeEnd = 0;
let shown = "";

function start(idle, whole) {
  idleEnd = Date.now() + idle * 1000;
  wholeEnd = Date.now() + whole * 1000;
  look();
}

function look() {
  const left = (Math.min(idleEnd, wholeEnd) - Date.now()) / 1000;
  const state = left <= 0 ? "over" : left <= WARN_SECONDS ? "soon" : "";
  if (state === shown) {
    return;
  }
  shown = state;
  place.hidden = !state;
  // No press makes it longer than the twelve hours.
  const isLast = wholeEnd <= idleEnd;
  button.hidden = state !== "soon" || isLast;
  words.textContent = state === "over" ? place.dataset.over : isLast ? place.dataset.last : place.dataset.soon;
  if (!state) {
    words.textContent = "";
  }
}

async function stay() {
  try {
    const answer = await fetch(place.dataset.stay, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      const { idle, whole } = await answer.json();
      start(idle, whole);
      tell(idle, whole);
      return;
    }
  } catch (error) {
    // Without a connection the session runs out; the words below say what to do.
  }
  words.textContent = place.dataset.failed;
}

function tell(idle, whole) {
  if (others) {
    others.postMessage({ idle, whole });
  }
}

if (said && place) {
  const idle = Number(said.dataset.idle);
  const whole = Number(said.dataset.whole);
  if (others) {
    others.addEventListener("message", (event) => start(event.data.idle, event.data.whole));
  }
  button.addEventListener("click", stay);
  start(idle, whole);
  tell(idle, whole);
  setInterval(look, LOOK_EVERY);
  // A computer that slept has missed its seconds.
  document.addEventListener("visibilitychange", look);
}
