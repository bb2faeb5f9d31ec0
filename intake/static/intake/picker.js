// A type-ahead over the list of bodies. It only suggests: the list itself stays, holds what is
// chosen, and changes by a press alone. Without this file the list works as it is.

const MOST = 8;

const plain = (words) =>
  words
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s().,、，。·・'’-]/g, "");

/** Pairs "縣县鎮镇" as a function that writes traditional characters simplified. */
const simplifier = (pairs) => {
  const simple = new Map();
  const characters = Array.from(pairs || "");
  for (let i = 0; i + 1 < characters.length; i += 2) simple.set(characters[i], characters[i + 1]);
  return (words) => Array.from(words, (one) => simple.get(one) || one).join("");
};

/** The fewest typing errors that turn `wanted` into some part of `text`; a swap is one error. */
const errors = (wanted, text) => {
  let before = [];
  let row = new Array(text.length + 1).fill(0);
  for (let i = 0; i < wanted.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < text.length; j += 1) {
      const other = wanted[i] === text[j] ? 0 : 1;
      const isSwap = i && j && wanted[i] === text[j - 1] && wanted[i - 1] === text[j];
      const swapped = isSwap ? before[j - 1] + 1 : Infinity;
      next.push(Math.min(row[j] + other, row[j + 1] + 1, next[j] + 1, swapped));
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
};

const isSpelt = (words) => /^[a-z0-9]+$/.test(words);

const keepsOrder = (wanted, name) => {
  let from = 0;
  return Array.from(wanted).every((one) => {
    from = name.indexOf(one, from) + 1;
    return from > 0;
  });
};

/** 梁水镇 as 梁水, so that a village written without its town's 镇 is found. */
const stem = (name) => name.replace(/(街道办事处|街道|镇|乡)$/, "");

/** 粱水 or 水梁 for 梁水: one of two characters is another, or they are swapped. */
const isNearly = (wanted, two) =>
  wanted.length === 2 &&
  two.length === 2 &&
  (wanted[0] === two[0] || wanted[1] === two[1] || wanted === two[1] + two[0]);

// The first rule that finds anything decides what is shown.
const RULES = [
  (body, wanted) => body.names.some((name) => name.includes(wanted)),
  (body, wanted) =>
    body.names.some((name) => stem(name).length > 1 && wanted.includes(stem(name))),
  (body, wanted) => body.sounds.some((sound) => sound.startsWith(wanted)),
  (body, wanted) => body.sounds.some((sound) => sound.includes(wanted)),
  (body, wanted) => wanted.length > 2 && body.names.some((name) => keepsOrder(wanted, name)),
  (body, wanted) => body.names.some((name) => isNearly(wanted, stem(name))),
];

const errorsAllowed = (wanted) => {
  if (!isSpelt(wanted)) return wanted.length > 2 ? 1 : 0;
  if (wanted.length < 4) return 0;
  return wanted.length < 8 ? 1 : 2;
};

/** The bodies with the fewest typing errors; none where even these are too many. */
const nearest = (bodies, wanted) => {
  const allowed = errorsAllowed(wanted);
  if (!allowed) return [];
  const counts = bodies.map((body) =>
    Math.min(...(isSpelt(wanted) ? body.sounds : body.names).map((key) => errors(wanted, key))),
  );
  const fewest = Math.min(allowed, ...counts);
  return bodies.filter((body, i) => counts[i] === fewest);
};

const matching = (bodies, wanted) => {
  if (wanted.length < 2) return [];
  for (const rule of RULES) {
    const found = bodies.filter((body) => rule(body, wanted));
    if (found.length) return found.slice(0, MOST);
  }
  return nearest(bodies, wanted).slice(0, MOST);
};

const bodyOf = (option) => {
  const keys = (option.dataset.keys || "").split(" ").filter(Boolean);
  return {
    option,
    names: [plain(option.text), ...keys.filter((key) => !isSpelt(key)).map(plain)],
    sounds: keys.filter(isSpelt),
  };
};

const row = (option, number) => {
  const line = document.createElement("li");
  line.id = `target-found-${number}`;
  line.className = "picker__row";
  line.textContent = option.text;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  return line;
};

const start = () => {
  const select = document.getElementById("target");
  const picker = document.querySelector(".picker");
  if (!select || !picker) return;
  const input = picker.querySelector("input");
  const list = picker.querySelector("ul");
  const status = picker.querySelector("[role=status]");
  const options = Array.from(select.options);
  const unsure = options[options.length - 1];
  const bodies = options.filter((option) => option.dataset.keys && !option.disabled).map(bodyOf);
  const simplify = simplifier(select.dataset.traditional);
  let shown = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    input.value = "";
    close();
    status.textContent = `选好了：${option.text}。不对可以改。`;
  };

  const open = () => {
    const wanted = plain(simplify(input.value));
    const found = matching(bodies, wanted);
    list.textContent = "";
    close();
    status.textContent = "";
    if (wanted.length < 2) return;
    shown = [...found.map((body) => body.option), unsure];
    shown.map(row).forEach((line) => list.append(line));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = found.length
      ? `找到 ${found.length} 个单位，请自己选。`
      : "没有找到这个名称。可以换个写法，或者选“说不清”。";
  };

  const move = (step) => {
    if (list.hidden) open();
    if (list.hidden) return;
    const lines = Array.from(list.children);
    active = (active + step + (active < 0 && step < 0 ? 1 : 0) + lines.length) % lines.length;
    lines.forEach((line, i) => line.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", lines[active].id);
    lines[active].scrollIntoView({ block: "nearest" });
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    // Enter in this field must never send the form.
    Enter: () => (active < 0 ? open() : choose(shown[active])),
    Escape: close,
  };

  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // While pinyin is being composed the keys belong to the input method; Safari ends composing
    // before it tells of the Enter that did it, with this number.
    if (event.isComposing || event.keyCode === 229 || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // Pressing a row must not take the focus away, which would close the list first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = Array.from(list.children).indexOf(event.target);
    if (at >= 0) choose(shown[at]);
  });
  picker.hidden = false;
};

start();
document.addEventListener("page-turned", start);
