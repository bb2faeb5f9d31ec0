// Shows the chosen files, their sizes and the sum, and lets one be taken out again. Pictures are
// drawn anew, which makes them smaller and leaves the place where they were taken behind; a tick
// sends the originals. Whatever fails here, the chosen files are sent as they are.

const MEGABYTE = 1024 * 1024;
const MOST = { count: 9, one: 10 * MEGABYTE, all: 30 * MEGABYTE };
const LONGEST_SIDE = 2000;
const QUALITY = 0.85;
// Apple's telephones can draw their own HEIC; not every server can, and then no clerk sees it.
const DRAWN = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];

const size = (bytes) =>
  bytes < MEGABYTE
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / MEGABYTE).toFixed(1)} MB`;

/** The picture without anything but its dots; null where this browser cannot draw it. */
const drawnAnew = async (file) => {
  if (!DRAWN.includes(file.type) || !window.createImageBitmap) return null;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    return drawn && new File([drawn], name, { type: "image/jpeg" });
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

const remarkOn = (entry, wantsOriginals) => {
  const file = entry.sent(wantsOriginals);
  if (file.size > MOST.one) return "，超过 10 MB，请删掉或换一个";
  if (file.size === 0) return "，是空的，请删掉或换一个";
  if (file === entry.drawn) return "，已缩小，去掉了拍摄位置";
  return /^image\//.test(file.type) ? "，原图，里面可能有拍摄位置" : "";
};

const sumUp = (files) => {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  if (!files.length) return "";
  const excess = files.length > MOST.count || all > MOST.all ? "太多了，请删掉一些：" : "";
  return `${excess}共 ${files.length} 个文件，${size(all)}。最多 9 个，合计 30 MB。`;
};

const start = () => {
  const input = document.querySelector("input[type=file][name=attachments]");
  const box = document.querySelector(".chosen-files");
  if (!input || !box || !listOf([])) return;
  const list = box.querySelector("ul");
  const status = box.querySelector("[role=status]");
  const choice = box.querySelector(".choice");
  const tick = choice.querySelector("input");
  let entries = [];

  const line = (entry) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const button = document.createElement("button");
    const file = entry.sent(tick.checked);
    words.textContent = `${entry.file.name}（${size(file.size)}${remarkOn(entry, tick.checked)}）`;
    button.type = "button";
    button.className = "chosen-files__remove";
    button.textContent = "删掉";
    button.setAttribute("aria-label", `删掉 ${entry.file.name}`);
    button.addEventListener("click", () => {
      entries = entries.filter((other) => other !== entry);
      update();
      input.focus();
    });
    item.append(words, button);
    return item;
  };

  const update = () => {
    const files = entries.map((entry) => entry.sent(tick.checked));
    input.files = listOf(files);
    list.textContent = "";
    entries.map(line).forEach((item) => list.append(item));
    status.textContent = sumUp(files);
    choice.hidden = !entries.some((entry) => entry.drawn);
    box.hidden = false;
  };

  const takeIn = async (files) => {
    const added = files.map((file) => {
      const entry = { file, drawn: null };
      entry.sent = (wantsOriginals) => (wantsOriginals ? file : entry.drawn || file);
      return entry;
    });
    entries = [...entries, ...added];
    update();
    // One after another: an old phone has no memory for nine pictures at once.
    for (const entry of added) entry.drawn = await drawnAnew(entry.file);
    update();
  };

  const takeChosen = () => {
    const before = input.isReady;
    const chosen = Array.from(input.files);
    input.isReady = (async () => {
      await before;
      await takeIn(chosen);
    })();
  };

  input.addEventListener("change", takeChosen);
  tick.addEventListener("change", update);
  if (input.files.length) takeChosen();
};

start();
document.addEventListener("page-turned", start);
