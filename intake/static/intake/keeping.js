// What a person may want to keep: the words on this device until they are sent (only after a tick,
// for seven days at most, never the name, the telephone or a file; of large files that came ahead how
// they are called and the sheet that they belong to), the words of a page that gives
// them back, the receipt on paper. With sending.js nothing typed is lost.

import { bringBackReceipt } from "./sending.js";

const KEY = "words-not-sent-yet";
const LONGEST = 7 * 24 * 60 * 60 * 1000;
// Files that came ahead wait no longer at the site; the sheet under which they lie, likewise.
const FILES_WAIT = 47 * 60 * 60 * 1000;
const KEPT = ["place", "subject", "happened", "narrative"];
let tick = null;

const erase = () => localStorage.removeItem(KEY);

/** {saved, words}, or null; what is too old or unreadable is erased. */
const keptDraft = () => {
  const text = localStorage.getItem(KEY);
  if (!text) return null;
  try {
    const draft = JSON.parse(text);
    const age = Date.now() - draft.saved;
    if (age >= 0 && age < LONGEST) return draft;
  } catch (error) {
    console.warn("kept words cannot be read:", error.name);
  }
  erase();
  return null;
};

/** Some browsers forbid keeping anything; then nothing is offered. */
const canKeep = () => {
  try {
    localStorage.setItem(`${KEY}-test`, "");
    localStorage.removeItem(`${KEY}-test`);
    return true;
  } catch (error) {
    return false;
  }
};

const offerDraft = (box) => {
  const form = box.closest("form");
  const found = form.querySelector(".draft__found");
  const status = box.querySelector("[role=status]");
  const wipe = box.querySelector(".draft__erase");
  tick = box.querySelector("input[type=checkbox]");
  const ownTick = tick;

  const save = () => {
    if (!ownTick.checked) return;
    const words = {};
    KEPT.forEach((name) => {
      words[name] = form.elements[name].value;
    });
    try {
      const files = window.ahead ? window.ahead.kept() : [];
      const ahead = files.length ? { files, sheet: form.elements.form_token.value } : null;
      localStorage.setItem(KEY, JSON.stringify({ saved: Date.now(), words, ahead }));
      status.textContent = "已经暂存。";
      wipe.hidden = false;
    } catch (error) {
      status.textContent = "这里存不下，没有暂存。";
    }
  };

  const forget = (words) => {
    erase();
    ownTick.checked = false;
    found.hidden = true;
    wipe.hidden = true;
    status.textContent = words;
  };

  ownTick.addEventListener("change", () =>
    ownTick.checked ? save() : forget("不再暂存，存过的已经擦掉。"),
  );
  form.addEventListener("input", save);
  document.addEventListener("ahead-changed", save);
  wipe.querySelector("button").addEventListener("click", () => forget("已经擦掉。"));
  found.addEventListener("click", (event) => {
    const draft = event.target.closest("button") && keptDraft();
    if (!draft) return;
    KEPT.filter((name) => !form.elements[name].value).forEach((name) => {
      form.elements[name].value = draft.words[name] || "";
    });
    found.hidden = true;
    ownTick.checked = true;
    if (draft.ahead && Date.now() - draft.saved < FILES_WAIT) {
      form.elements.form_token.value = draft.ahead.sheet;
      form.dispatchEvent(new CustomEvent("draft-back", { detail: draft.ahead.files }));
    } else {
      save();
    }
  });
  const isThere = Boolean(keptDraft());
  found.hidden = !isThere || ownTick.checked;
  wipe.hidden = !isThere;
  box.hidden = false;
  save();
};

const copy = async (text, area) => {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  area.select();
  return document.execCommand("copy");
};

const offerCopy = (box) => {
  const form = box.closest("form, details");
  const area = form.querySelector("textarea");
  const status = box.querySelector("[role=status]");
  const rest = Array.from(form.querySelectorAll("dl > div"), (pair) =>
    Array.from(pair.children, (part) => part.textContent).join("："),
  );
  box.querySelector("button").addEventListener("click", async () => {
    try {
      const isCopied = await copy([area.value, ...rest].join("\n"), area);
      status.textContent = isCopied ? "已经复制，可以粘贴到别处。" : "没能复制，请长按文字来复制。";
    } catch (error) {
      status.textContent = "没能复制，请长按文字来复制。";
    }
  });
  box.hidden = false;
};

const offerPrint = (box) => {
  box.querySelector("button").addEventListener("click", () => window.print());
  box.hidden = false;
};

const offer = (selector, make) => document.querySelectorAll(selector).forEach(make);

const offerKeeping = () => {
  offer(".copy-all", offerCopy);
  offer(".print-page", offerPrint);
  if (!canKeep()) return;
  if (document.querySelector("[data-sent]")) {
    erase();
    if (tick) tick.checked = false;
  }
  offer(".draft", offerDraft);
};

offerKeeping();
document.addEventListener("page-turned", offerKeeping);
bringBackReceipt();
