/*
  Enter goes on to the next field; never while an input method composes, for which it takes a word.
  All keys can be switched off, as WCAG 2.1.4 asks; the browser remembers that and nothing else.
*/

const OFF = "register-keys-off";
const FIELDS = "input:not([type=hidden]), select, textarea, button";
const WRITES = "input:not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea";

export function followKeys(form, list) {
  const off = list.querySelector("input");
  off.checked = isOff();
  off.addEventListener("change", () => remember(off.checked));
  document.getElementById("show-keys").addEventListener("click", () => list.showModal());
  form.addEventListener("keydown", (event) => {
    if (!isComposing(event) && !off.checked) {
      follow(form, event);
    }
  });
  document.addEventListener("keydown", (event) => {
    const isAsked = event.key === "?" && !off.checked && !isComposing(event);
    if (isAsked && !event.target.matches(WRITES) && !list.open) {
      event.preventDefault();
      list.showModal();
    }
  });
}

function follow(form, event) {
  const field = event.target;
  if (event.altKey && (event.key === "Enter" || event.code === "KeyS")) {
    event.preventDefault();
    const next = form.querySelector("#save-and-next");
    // A correction has one button, which opens the item.
    const open = form.querySelector("#save-and-open") || next;
    (event.key === "Enter" ? next : open).click();
    return;
  }
  const isBreak = field.matches("textarea") && !event.ctrlKey;
  const isAlone = !event.shiftKey && !event.metaKey && !event.altKey;
  // On a button Enter presses it, and on files it opens the list to choose from.
  if (event.key === "Enter" && isAlone && !isBreak && !field.matches("button, [type=file]")) {
    event.preventDefault();
    goOn(form, field);
  }
}

function goOn(form, field) {
  const all = [...form.querySelectorAll(FIELDS)].filter(
    (one) => one.tabIndex >= 0 && !one.disabled && one.offsetParent && !one.closest(".register__ways")
  );
  const next = all[all.indexOf(field) + 1];
  if (next) {
    next.focus();
    if (next.select && next.type !== "file") {
      next.select();
    }
  }
}

function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch (error) {
    return false;
  }
}

function remember(isSwitchedOff) {
  try {
    localStorage.setItem(OFF, isSwitchedOff ? "1" : "");
  } catch (error) {
    // Without a memory it holds for this page.
  }
}
