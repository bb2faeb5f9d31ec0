// Sends large files ahead of the form, in parts of a megabyte, while a person is still writing. What
// broke off goes on where it was: after a broken connection, on another network, and, where the
// words were kept on this device, after the page was closed and the file chosen again. The form then
// names the files that have come; what could not come ahead goes with the form as any other does.

const ADDRESS = "/report/parts/";
const PART = 1024 * 1024;
const LONGEST_PAUSE = 30 * 1000;
const MOST_TRIES_AT_THE_END = 5;

// By what a browser knows of a file: the object itself is another one on a page that comes back.
const known = new Map();
let queue = Promise.resolve();
// The large files that are chosen now.
let chosen = [];

const keyOf = ({ name, size, lastModified }) => [name, size, lastModified].join("|");
const isLarge = (file) => file.size > PART;
const isHere = (entry) => entry.come >= entry.count;

const newName = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const entryOf = (file) => {
  const { name, size, lastModified } = file;
  const key = keyOf(file);
  if (!known.has(key)) {
    const fresh = { id: newName(), name, size, lastModified };
    known.set(key, { ...fresh, count: Math.ceil(size / PART), come: 0, tries: 0 });
  }
  return Object.assign(known.get(key), { file });
};

/** Until so many milliseconds are over, or the connection is back. */
const pause = (milliseconds) =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });

const ask = (form, entry, method, { body, number } = {}) =>
  fetch(ADDRESS, {
    method,
    body,
    headers: {
      "X-Form-Token": form.elements.form_token.value,
      "X-File": entry.id,
      "X-Size": entry.size,
      ...(body && { "X-Part": number, "Content-Type": "application/octet-stream" }),
    },
  });

/** Notes how much has come. What the site never takes ahead is left to the form. */
const note = async (entry, answer) => {
  if (answer.status === 403 || answer.status === 422) {
    entry.isLeft = true;
    return;
  }
  if (!answer.ok) {
    entry.seconds = Number(answer.headers.get("Retry-After")) || 0;
    throw new Error(`answer ${answer.status}`);
  }
  const { come, taken } = await answer.json().catch(() => {
    throw new Error("answer is not the site's");
  });
  entry.come = come;
  entry.isTaken = Boolean(taken);
};

const megabytes = (bytes) => Math.round(bytes / PART);

const tell = (form) => {
  const box = form.querySelector("[data-ahead-told]");
  const entries = Array.from(known.values()).filter((entry) => entry.isMeant && !entry.isLeft);
  const all = entries.reduce((sum, entry) => sum + entry.size, 0);
  const come = entries.reduce((sum, { come, size }) => sum + Math.min(come * PART, size), 0);
  // The page of a form that was not taken has no list of files where all had come ahead.
  if (box) box.hidden = !entries.length;
  if (!box || !entries.length) return 1;
  box.querySelector("span").textContent = megabytes(come);
  box.querySelector("b").textContent = megabytes(all);
  return come / all;
};

/** One file, part by part, from where it broke off. */
const send = async (form, entry, told = () => {}) => {
  entry.tries = 0;
  let wait = 1000;
  while (entry.isMeant && !entry.isLeft) {
    try {
      if (!entry.isAsked) await note(entry, await ask(form, entry, "GET"));
      entry.isAsked = true;
      told(tell(form));
      if (entry.isTaken && entry.isAnew) {
        // A report has it, and this is another one.
        Object.assign(entry, { id: newName(), come: 0, isTaken: false, isAsked: false });
        continue;
      }
      entry.isAnew = false;
      if (isHere(entry) || !entry.file || entry.isLeft) break;
      const number = entry.come;
      const body = entry.file.slice(number * PART, (number + 1) * PART);
      await note(entry, await ask(form, entry, "POST", { body, number }));
      wait = 1000;
      entry.tries = 0;
    } catch (error) {
      entry.isAsked = false;
      entry.tries += 1;
      const isAnswered = error.message.startsWith("answer");
      if (entry.isAtTheEnd && isAnswered && entry.file && entry.tries >= 2) {
        // The site does not take it so now: the form brings all of it.
        entry.isLeft = true;
        return;
      }
      if (entry.isAtTheEnd && entry.tries >= MOST_TRIES_AT_THE_END) throw error;
      await pause(entry.isAtTheEnd ? wait : Math.max(wait, 1000 * (entry.seconds || 0)));
      entry.seconds = 0;
      wait = Math.min(2 * wait, LONGEST_PAUSE);
    }
    told(tell(form));
  }
};

/** Those of the field, and those of before the page was closed; what else came is let go. */
const meant = (form) => {
  const now = chosen.map(entryOf);
  known.forEach((entry, key) => {
    entry.isMeant = now.includes(entry) || Boolean(entry.isBack);
    if (entry.isMeant) return;
    known.delete(key);
    ask(form, entry, "DELETE").catch(() => {});
  });
  return Array.from(known.values());
};

const listBack = (form) => {
  const list = form.querySelector("[data-ahead-back]");
  if (!list) return;
  list.textContent = "";
  const back = Array.from(known.values()).filter((entry) => entry.isBack);
  back.forEach((entry) => {
    const line = document.createElement("li");
    const state = isHere(entry)
      ? "上次已经传完"
      : "上次没有传完，请再选一次这个文件，会接着传；不要了就删掉";
    line.textContent = `${entry.name}（${megabytes(entry.size)} MB，${state}）`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chosen-files__remove";
    button.textContent = "删掉";
    button.setAttribute("aria-label", `删掉：${entry.name}`);
    button.addEventListener("click", () => {
      entry.isBack = false;
      meant(form);
      listBack(form);
      tell(form);
    });
    line.append(button);
    list.append(line);
  });
  list.hidden = !back.length;
  if (back.length) list.closest(".chosen-files").hidden = false;
};

window.ahead = {
  /** What is chosen now begins to go, one file after the other. */
  goOn(form, files) {
    chosen = files.filter(isLarge);
    const entries = meant(form);
    entries.filter(({ file }) => file).forEach((entry) => {
      // Chosen again, it stands among the others.
      Object.assign(entry, { isBack: false, isLeft: false, isAsked: false, isAnew: true });
      queue = queue.then(() => send(form, entry)).catch(() => {});
    });
    listBack(form);
    tell(form);
    document.dispatchEvent(new Event("ahead-changed"));
  },

  /** Before the form goes: all that is on its way has come, or fails as the form itself would. */
  async finish(form, told) {
    for (const entry of meant(form)) {
      if (entry.isBack && !isHere(entry)) {
        const list = form.querySelector("[data-ahead-back]");
        if (list) list.scrollIntoView();
        throw new Error("a file of the draft has not come and is not chosen");
      }
      entry.isAsked = false;
      entry.isAtTheEnd = true;
      try {
        await send(form, entry, told);
      } finally {
        entry.isAtTheEnd = false;
      }
    }
  },

  /** Names what has come in the form's data, and takes its bytes out. */
  leaveOut(form, data) {
    const here = meant(form).filter((entry) => isHere(entry) && !entry.isLeft);
    if (!here.length) return;
    const keys = here.map(keyOf);
    const files = data.getAll("attachments");
    data.delete("attachments");
    files
      .filter((file) => !keys.includes(keyOf(file)))
      .forEach((file) => data.append("attachments", file));
    data.set("ahead", here.map(({ id, size, name }) => `${id} ${size} ${name}`).join("\n"));
  },

  /** What a draft keeps of the files: how they are called here and there. */
  kept: () =>
    Array.from(known.values())
      .filter((entry) => entry.isMeant && !entry.isLeft)
      .map(({ id, name, size, lastModified }) => ({ id, name, size, lastModified })),

  /** The files of a draft that is put back. */
  async putBack(form, files) {
    for (const file of files) {
      const entry = { ...file, count: Math.ceil(file.size / PART), come: 0, tries: 0 };
      known.set(keyOf(file), Object.assign(entry, { isBack: true, isMeant: true }));
      try {
        await note(entry, await ask(form, entry, "GET"));
      } catch (error) {
        console.warn("not asked how much has come:", error.message);
      }
    }
    this.goOn(form, chosen);
  },
};
