// Shows the chosen files, their sizes and the sum, and lets one be taken out again. Pictures are
// drawn anew, which makes them smaller and leaves the place where they were taken behind; a tick
// sends the originals. Whatever fails here, the chosen files are sent as they are. Where nobody can
// change what is chosen (in Safari before 14.1, Firefox before 62), they are only listed.

const MEGABYTE = 1024 * 1024;
const MOST = { count: 9, one: 10 * MEGABYTE, all: 30 * MEGABYTE };
const LONGEST_SIDE = 2000;
const QUALITY = 0.85;
// Apple's telephones can draw their own HEIC; not every server can, and then no clerk sees it.
const DRAWN = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];
// Of the others nobody can tell whether an old browser would leave them lying on their side.
const DRAWN_BY_OLD_BROWSERS = ["image/jpeg", "image/png"];
// Marks in a JPEG; EXIF, which has at most 64 KB, stands near its beginning.
const [APP1, START_OF_DOTS, EXIF, ORIENTATION] = [0xffe1, 0xffda, 0x45786966, 0x0112];
const HEAD = 256 * 1024;
// EXIF's eight orientations as the first four numbers of a canvas's transform.
const TURNS = [
  null,
  ...[[1, 0, 0, 1], [-1, 0, 0, 1], [-1, 0, 0, -1], [1, 0, 0, -1]],
  ...[[0, 1, 1, 0], [0, 1, -1, 0], [0, -1, -1, 0], [0, -1, 1, 0]],
];

const size = (bytes) =>
  bytes < MEGABYTE
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / MEGABYTE).toFixed(1)} MB`;

/** The bytes of a piece of a file, to be read and written in place. */
const bytesOf = (piece) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(new DataView(reader.result)));
    reader.addEventListener("error", () => fail(reader.error));
    reader.readAsArrayBuffer(piece);
  });

/** Where a JPEG's EXIF begins to count its places; 0 without EXIF. */
const startOfExif = (bytes) => {
  let at = 2;
  while (bytes.getUint16(at) >= 0xffc0 && bytes.getUint16(at) !== START_OF_DOTS) {
    if (bytes.getUint16(at) === APP1 && bytes.getUint32(at + 4) === EXIF) return at + 10;
    at += 2 + bytes.getUint16(at + 2);
  }
  return 0;
};

/** Which of TURNS sets the JPEG upright; in the bytes it is put down as upright already. */
const takeOutOrientation = (bytes) => {
  const start = startOfExif(bytes);
  if (!start) return 1;
  const isLittle = bytes.getUint16(start) === 0x4949;
  const table = start + bytes.getUint32(start + 4, isLittle);
  const end = table + 2 + 12 * bytes.getUint16(table, isLittle);
  for (let at = table + 2; at < end; at += 12) {
    if (bytes.getUint16(at, isLittle) === ORIENTATION) {
      const orientation = bytes.getUint16(at + 8, isLittle);
      bytes.setUint16(at + 8, 1, isLittle);
      return TURNS[orientation] ? orientation : 1;
    }
  }
  return 1;
};

/** [picture, orientation still to be applied] */
const decoded = async (file) => {
  try {
    return [await createImageBitmap(file, { imageOrientation: "from-image" }), 1];
  } catch (error) {
    // Before Chrome 112, Firefox 111 and Safari 16 the option is refused.
    if (!DRAWN_BY_OLD_BROWSERS.includes(file.type)) throw error;
  }
  if (file.type !== "image/jpeg") return [await createImageBitmap(file), 1];
  // Some of them turn a picture by its EXIF and some do not; without an orientation all agree.
  const head = await bytesOf(file.slice(0, HEAD));
  const orientation = takeOutOrientation(head);
  const level = new Blob([head.buffer, file.slice(HEAD)], { type: file.type });
  return [await createImageBitmap(level), orientation];
};

/** The picture upright on a white canvas, no side longer than LONGEST_SIDE. */
const canvasWith = (picture, orientation) => {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const scaled = (side) => Math.max(1, Math.round(side * scale));
  const sides = [scaled(picture.width), scaled(picture.height)];
  const [a, b, c, d] = TURNS[orientation];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = a ? sides : [sides[1], sides[0]];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(a, b, c, d, a + c < 0 ? canvas.width : 0, b + d < 0 ? canvas.height : 0);
  pen.drawImage(picture, 0, 0, sides[0], sides[1]);
  return canvas;
};

/** The picture without anything but its dots; null where this browser cannot draw it. */
const drawnAnew = async (file) => {
  // Safari before 15 has no other means than <img>, and the policy forbids it blob: addresses.
  if (!DRAWN.includes(file.type) || !window.createImageBitmap) return null;
  try {
    const canvas = canvasWith(...(await decoded(file)));
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

/** What to do about files that cannot be taken. */
const remedies = (canChange) =>
  canChange
    ? { one: "请删掉或换一个", all: "请删掉一些", end: "" }
    : { one: "请重新选，不要选它", all: "请重新选，少选一些", end: "重新选，会换掉这些文件。" };

const remarkOn = (entry, wantsOriginals, remedy) => {
  const file = entry.sent(wantsOriginals);
  if (file.size > MOST.one) return `，超过 10 MB，${remedy.one}`;
  if (file.size === 0) return `，是空的，${remedy.one}`;
  if (file === entry.drawn) return "，已缩小，去掉了拍摄位置";
  return /^image\//.test(file.type) ? "，原图，里面可能有拍摄位置" : "";
};

const sumUp = (files, remedy) => {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  if (!files.length) return "";
  const excess = files.length > MOST.count || all > MOST.all ? `太多了，${remedy.all}：` : "";
  const sum = `共 ${files.length} 个文件，${size(all)}。最多 9 个，合计 30 MB。`;
  return excess + sum + remedy.end;
};

const start = () => {
  const input = document.querySelector("input[type=file][name=attachments]");
  const box = document.querySelector(".chosen-files");
  if (!input || !box) return;
  const canChange = Boolean(listOf([]));
  const remedy = remedies(canChange);
  const list = box.querySelector("ul");
  const status = box.querySelector("[role=status]");
  const choice = box.querySelector(".choice");
  const tick = choice.querySelector("input");
  let entries = [];

  const removal = (entry) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chosen-files__remove";
    button.textContent = "删掉";
    button.setAttribute("aria-label", `删掉 ${entry.file.name}`);
    button.addEventListener("click", () => {
      entries = entries.filter((other) => other !== entry);
      update();
      input.focus();
    });
    return button;
  };

  const line = (entry) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const bytes = size(entry.sent(tick.checked).size);
    words.textContent = `${entry.file.name}（${bytes}${remarkOn(entry, tick.checked, remedy)}）`;
    item.append(words);
    if (canChange) item.append(removal(entry));
    return item;
  };

  const update = () => {
    const files = entries.map((entry) => entry.sent(tick.checked));
    if (canChange) input.files = listOf(files);
    list.textContent = "";
    entries.map(line).forEach((item) => list.append(item));
    status.textContent = sumUp(files, remedy);
    choice.hidden = !entries.some((entry) => entry.drawn);
    box.hidden = false;
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
