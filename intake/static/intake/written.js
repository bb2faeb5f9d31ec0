/*
  Keeps what is being typed, every few seconds, for the case that the session or the computer ends.
  The server seals it to the member's own key, and the page offers it again. A form that is sent
  needs it no more. Other pages learn that the session has become longer.
*/

const EVERY = 4000;
// More is not sent by a page that is being left.
const MOST_AT_THE_END = 60000;
const others = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;

function wordsOf(form) {
  const words = Array.from(new FormData(form)).filter((pair) => typeof pair[1] === "string");
  return new URLSearchParams(words);
}

function keepWhileTyping(form) {
  const status = form.querySelector("[data-written-status]");
  let isChanged = false;
  let isSent = false;
  let asking = null;

  const say = (words) => {
    if (status) {
      status.hidden = false;
      status.textContent = words;
    }
  };

  async function keep() {
    if (!isChanged || isSent || asking) {
      return;
    }
    const body = wordsOf(form);
    isChanged = false;
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.written, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        keepalive: document.hidden && body.toString().length < MOST_AT_THE_END,
        signal: asking.signal,
      });
      if (!answer.ok || answer.redirected) {
        throw new Error("not kept");
      }
      const { kept, idle, whole } = await answer.json();
      say(status ? status.dataset.kept.replace("{time}", kept) : "");
      if (others) {
        others.postMessage({ idle, whole });
      }
    } catch (error) {
      if (!isSent) {
        isChanged = true;
        say(status ? status.dataset.failed : "");
      }
    }
    asking = null;
  }

  const change = () => {
    isChanged = true;
  };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) {
      return;
    }
    isSent = true;
    if (asking) {
      asking.abort();
    }
  });
  // Whoever comes back to the page by the browser's own button may go on typing.
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
  document.addEventListener("visibilitychange", keep);
  setInterval(keep, EVERY);
}

document.querySelectorAll("form[data-written]").forEach(keepWhileTyping);
