/*
  Keeps what is being typed, every few seconds, for the case that the session or the computer ends.
  The server seals it to the member's own key, and the page offers it again. A form that is sent
  needs it no more. Other pages learn that the session has become longer.

  The mark of a form is [data-written], the form itself or an element in it.
*/

const EVERY = 4000;
// More is not sent by a page that is being left.
const MOST_AT_THE_END = 60000;
const others = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;

function wordsOf(form) {
  const words = Array.from(new FormData(form)).filter((pair) => typeof pair[1] === "string");
  return new URLSearchParams(words);
}

// Which state the words were typed upon goes back with them, so that the server can compare.
const STATE = /^(version|seen|initial-.*)$/;
const NOT_TYPED = ["button", "file", "image", "password", "reset", "submit"];

function putBack(form, pairs) {
  const values = new Map();
  pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
  Array.from(form.elements).forEach((field) => {
    const kept = values.get(field.name) || [];
    if (NOT_TYPED.includes(field.type) || (field.type === "hidden" && !STATE.test(field.name))) {
      return;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = kept.includes(field.value);
    } else if (field.type === "select-multiple") {
      Array.from(field.options).forEach((option) => {
        option.selected = kept.includes(option.value);
      });
    } else if (kept.length) {
      field.value = kept.shift();
    }
  });
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// Shows what waits, also in a folded part of the page; calls `decided` once it waits no more.
function offer(box, form, address, decided) {
  const ask = async (name) => {
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrfmiddlewaretoken: token, [name]: "1" }),
    });
    if (!answer.ok || answer.redirected) {
      throw new Error("not answered");
    }
    box.remove();
    decided();
    return (await answer.json()).fields;
  };
  box.hidden = false;
  for (let part = form.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
  box.querySelector("[data-written-back]").addEventListener("click", async () => {
    putBack(form, await ask("_put_back"));
  });
  box.querySelector("[data-written-away]").addEventListener("click", () => ask("_throw_away"));
}

function keepWhileTyping(mark) {
  const form = mark.closest("form");
  const offered = mark.querySelector("[data-written-offer]");
  const status = form.querySelector("[data-written-status]");
  let isChanged = false;
  let isSent = false;
  let asking = null;
  let isOffered = Boolean(offered);

  const say = (words) => {
    if (status) {
      status.hidden = false;
      status.textContent = words;
    }
  };

  async function keep() {
    if (!isChanged || isSent || asking || isOffered) {
      return;
    }
    const body = wordsOf(form);
    isChanged = false;
    asking = new AbortController();
    try {
      const answer = await fetch(mark.dataset.written, {
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
  if (offered) {
    offer(offered, form, mark.dataset.written, () => {
      isOffered = false;
    });
  }
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

document.querySelectorAll("[data-written]").forEach(keepWhileTyping);
