/*
  Sends the form of a long task again by itself, slice after slice, and shows how far it is. Whoever
  leaves the page, or presses the link beside the button, pauses it: what was done is done.
*/

const PLACE = "[data-stepping]";
const others = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;

/** Each slice has made the session longer; the bar of the page does not see that by itself. */
function tell(page) {
  const said = page.getElementById("session-end");
  if (others && said) {
    others.postMessage({ idle: Number(said.dataset.idle), whole: Number(said.dataset.whole) });
  }
}

function fail() {
  const place = document.querySelector(PLACE);
  place.querySelector("[data-failed]").hidden = false;
  place.querySelector("button").disabled = false;
}

/** Only what changed is put in, so that a reader of screens hears the count alone. */
function show(found) {
  const place = document.querySelector(PLACE);
  if (!found.querySelector("form[data-goes-on]")) {
    place.replaceWith(document.importNode(found, true));
    return;
  }
  place.querySelector("form").replaceWith(document.importNode(found.querySelector("form"), true));
  const count = found.querySelector("[role=status]").textContent;
  place.querySelector("[role=status]").textContent = count;
  place.querySelector("progress").max = found.querySelector("progress").max;
  place.querySelector("progress").value = found.querySelector("progress").value;
}

async function slice(form) {
  const body = new URLSearchParams(Array.from(new FormData(form)));
  form.querySelector("button").disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = page.querySelector(PLACE);
    if (answer.redirected || (answer.ok && !found)) {
      window.location.assign(answer.redirected ? answer.url : form.action);
      return;
    }
    if (!found) {
      // The session is over, or something else is said: a page for the person, not for the script.
      window.location.assign(form.action);
      return;
    }
    tell(page);
    show(found);
    goOn();
  } catch (error) {
    fail();
  }
}

function goOn() {
  const form = document.querySelector(`${PLACE} form[data-goes-on]`);
  if (form) {
    setTimeout(() => slice(form), Math.max(50, Number(form.dataset.goesOn) * 1000));
  }
}

goOn();
