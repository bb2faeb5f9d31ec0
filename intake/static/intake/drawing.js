// Draws a picture anew, which makes it smaller and leaves the place where it was taken behind.
// What is written in it stays readable: a long picture keeps its width. files.js fetches this script
// and finds here what it calls, for not all browsers that know modules know a dynamic import.

// In dots. A picture more than twice as long as wide is a long one, for example of a whole chat.
const LONGEST_SIDE = 2000;
const SHORTER_SIDE_OF_LONG = 1080;
// A clerk is shown 25 million dots at most (viewing_copies.py), and most browsers draw no longer side.
const MOST_DOTS = 24.9e6;
const LONGEST_OF_ALL = 32000;
// The second one for what would become too large for a file.
const QUALITIES = [0.85, 0.6];
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

/** How much smaller a picture of these sides is drawn. */
const scaleOf = (width, height) => {
  const longer = Math.max(width, height);
  const shorter = Math.min(width, height);
  const fitting = LONGEST_SIDE / longer;
  const readable = longer > 2 * shorter ? SHORTER_SIDE_OF_LONG / shorter : 0;
  const possible = Math.min(Math.sqrt(MOST_DOTS / (longer * shorter)), LONGEST_OF_ALL / longer);
  return Math.min(1, Math.max(fitting, readable), possible);
};

/** The picture upright on a white canvas; null where this browser has none so large. */
const canvasWith = (picture, orientation) => {
  const scale = scaleOf(picture.width, picture.height);
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
  // Apple's telephones draw nothing, and say nothing, above some 17 million dots.
  const isDrawn = pen.getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data[3] === 255;
  return isDrawn ? canvas : null;
};

/** The canvas as a JPEG; null where it takes more than `most` bytes. */
const jpegOf = async (canvas, most) => {
  for (const quality of QUALITIES) {
    const jpeg = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (jpeg && jpeg.size <= most) return jpeg;
  }
  return null;
};

/** The picture of at most `most` bytes; null where this browser cannot draw it. */
window.drawnAnew = async (file, most) => {
  // Safari before 15 has no other means than <img>, and the policy forbids it blob: addresses.
  if (!DRAWN.includes(file.type) || !window.createImageBitmap) return null;
  const [picture, orientation] = await decoded(file);
  const canvas = canvasWith(picture, orientation);
  picture.close();
  const jpeg = canvas && (await jpegOf(canvas, most));
  const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
  return jpeg && new File([jpeg], name, { type: "image/jpeg" });
};
