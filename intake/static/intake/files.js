// Shows the chosen files, their sizes and the sum, and lets one be taken out again. Pictures are
// drawn anew (drawing.js); a tick sends the originals. Whatever fails here, the chosen files are
// sent as they are. Where nobody can change what is chosen (in Safari before 14.1, Firefox before
// 62), they are only listed. What can be chosen, how much of it, and the sentences about the rest
// stand in the page, from the server's table.

import { offerSpeaking } from "./speaking.js";

const MEGABYTE = 1024 * 1024;

const size = (bytes) =>
  bytes < MEGABYTE
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / MEGABYTE).toFixed(1).replace(/\.0$/, "")} MB`;

/** Lets the page have drawing.js too; Firefox before 67 cannot read a script with an import in it. */
const fetched = (address) =>
  new Promise((done, fail) => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", () => fail(new Error("not fetched")));
    document.head.append(script);
  });

/** Large files begin to go while the form is still being written. */
const sendAhead = async (input, files, back) => {
  if (!window.ahead && !back && !files.some((file) => file.size > MEGABYTE)) return;
  try {
    if (!window.ahead) await fetched(input.dataset.ahead);
    if (back) await window.ahead.putBack(input.form, back);
    else window.ahead.goOn(input.form, files);
  } catch (error) {
    console.warn("files go with the form:", error.name);
  }
};

/** The picture without anything but its dots; null for other files, or where it cannot be drawn. */
const drawnAnew = async (file, mostBytes, address) => {
  if (!/^image\//.test(file.type)) return null;
  try {
    // Fetched when there is something to draw: most reports come without pictures.
    if (!window.drawnAnew) await fetched(address);
    return await window.drawnAnew(file, mostBytes);
  } catch (error) {
    console.warn("picture is sent as it is:", error.name);
    return null;
  }
};

/** A list of files for the input; null where the browser lets nobody make one. */
const listOf = (files) => {
  try {
    const list = new DataTransfer();
    files.forEach((file) => list.items.add(file));
    return list.files;
  } catch (error) {
    console.warn("the chosen files cannot be changed:", error.name);
    return null;
  }
};

/** The kinds and limits that the page names. */
const rulesOf = ({ accept, dataset }) => ({
  taken: accept.split(","),
  recordings: dataset.recordings.split(","),
  most: { count: +dataset.mostFiles, one: +dataset.mostBytes, all: +dataset.mostTogether },
});

/** With its dot; like the server, an ending of digits only is taken for none. */
const endingOf = (file) => {
  const found = /\.[a-z0-9]{1,6}$/.exec(file.name.trim().toLowerCase());
  return found && !/^\.\d+$/.test(found[0]) ? found[0] : "";
};

const isTaken = (file, rules) => !endingOf(file) || rules.taken.includes(endingOf(file));

const isRecording = (file, rules) =>
  /^(?:audio|video)\//.test(file.type) || rules.recordings.includes(endingOf(file));

/** What to do about files that cannot be taken. */
const remedies = (canChange) =>
  canChange
    ? { one: "请删掉或换一个", all: "请删掉一些", end: "" }
    : { one: "请重新选，不要选它", all: "请重新选，少选一些", end: "重新选，会换掉这些文件。" };

const remarkOn = (entry, wantsOriginals, rules) => {
  const file = entry.sent(wantsOriginals);
  if (!isTaken(file, rules)) return `，这种文件不能收，${rules.remedy.one}`;
  if (file.size > rules.most.one) return `，超过 ${size(rules.most.one)}，${rules.remedy.one}`;
  if (file.size === 0) return `，是空的，${rules.remedy.one}`;
  if (file === entry.drawn) return "，已缩小，去掉了拍摄位置";
  return /^image\//.test(file.type) ? "，原图，里面可能有拍摄位置" : "";
};

const sumUp = (files, { most, remedy }) => {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  if (!files.length) return "";
  const excess = files.length > most.count || all > most.all ? `太多了，${remedy.all}：` : "";
  const sum = `共 ${files.length} 个文件，${size(all)}。最多 ${most.count} 个，合计 ${size(most.all)}。`;
  return excess + sum + remedy.end;
};

const start = () => {
  const input = document.getElementById("attachments");
  const box = document.querySelector(".chosen-files");
  if (!input || !box) return;
  const canChange = Boolean(listOf([]));
  const rules = { ...rulesOf(input), remedy: remedies(canChange) };
  // Chosen files gather in the one field then.
  const more = document.querySelector(".more-files");
  if (canChange && more) more.remove();
  const list = box.querySelector("ol");
  const status = box.querySelector("[role=status]");
  const choice = box.querySelector(".choice");
  const tick = choice.querySelector("input");
  let entries = [];

  const removal = (entry) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chosen-files__remove";
    button.textContent = "删掉";
    button.setAttribute("aria-label", `删掉第 ${entries.indexOf(entry) + 1} 个：${entry.file.name}`);
    button.addEventListener("click", () => {
      takeOut(entry.file);
      input.focus();
    });
    return button;
  };

  const isTooLarge = (file) => file.size > rules.most.one;
  const isBad = (file) => !isTaken(file, rules) || isTooLarge(file) || !file.size;

  const said = document.getElementById("attachments-error");
  const say = (what, isSo) => {
    const words = box.querySelector(`[data-says=${what}]`);
    // The server may have said it already, of the same files.
    words.hidden = !isSo || Boolean(said && said.textContent.includes(words.textContent));
  };

  const line = (entry) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const bytes = size(entry.sent(tick.checked).size);
    words.textContent = `${entry.file.name}（${bytes}${remarkOn(entry, tick.checked, rules)}）`;
    item.classList.toggle("chosen-files__bad", isBad(entry.sent(tick.checked)));
    item.append(words);
    if (canChange) item.append(removal(entry));
    return item;
  };

  const update = () => {
    const files = entries.map((entry) => entry.sent(tick.checked));
    if (canChange) input.files = listOf(files);
    list.textContent = "";
    entries.map(line).forEach((item) => list.append(item));
    status.textContent = sumUp(files, rules);
    say("not-taken", !files.every((file) => isTaken(file, rules)));
    say("too-long", files.some((file) => isTooLarge(file) && isRecording(file, rules)));
    choice.hidden = !entries.some((entry) => entry.drawn);
    box.hidden = false;
    input.dispatchEvent(new CustomEvent("files-changed", { detail: files }));
  };

  const takeIn = async (files) => {
    const added = files.map((file) => {
      const entry = { file, drawn: null };
      entry.sent = (wantsOriginals) => (wantsOriginals ? file : entry.drawn || file);
      return entry;
    });
    entries = canChange ? [...entries, ...added] : added;
    update();
    if (!canChange) return;
    // One after another: an old phone has no memory for nine pictures at once.
    for (const entry of added) {
      entry.drawn = await drawnAnew(entry.file, rules.most.one, input.dataset.drawing);
    }
    update();
    goAhead();
  };

  /** Not before the pictures are drawn anew. */
  const goAhead = () => {
    const files = entries.map((entry) => entry.sent(tick.checked));
    sendAhead(input, files.filter((file) => !isBad(file)));
  };

  const takeOut = (file) => {
    entries = entries.filter((entry) => entry.file !== file);
    update();
    goAhead();
  };

  const takeInAfterwards = (files) => {
    const before = input.isReady;
    input.isReady = (async () => {
      await before;
      await takeIn(files);
    })();
    return input.isReady;
  };

  /** What is taken this moment joins the chosen files, so that its field can take another. */
  const gatherFrom = (other) =>
    other.addEventListener("change", () => {
      takeInAfterwards(Array.from(other.files));
      other.value = "";
    });

  input.addEventListener("change", () => takeInAfterwards(Array.from(input.files)));
  tick.addEventListener("change", () => (update(), goAhead()));
  input.form.addEventListener("draft-back", ({ detail }) => sendAhead(input, [], detail));
  if (canChange) {
    input.form.querySelectorAll("[name=attachments][capture]").forEach(gatherFrom);
    offerSpeaking(input, { takeIn: takeInAfterwards, takeOut, fetched });
  }
  if (input.files.length) takeInAfterwards(Array.from(input.files));
};

start();
document.addEventListener("page-turned", start);
