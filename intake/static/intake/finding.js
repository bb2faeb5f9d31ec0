// Which bodies a few typed words may mean, by the rules of inspection/body_search and with the tables
// that the page carries, so that the front page finds the same and what is typed here is sent to
// nobody. A test compares the two.

const MOST = 8;
const TOO_MANY = 99;

const compared = (words) =>
  words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/u\u0308/g, "v")
    .replace(/[^0-9a-z\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu, "");

/** Pairs "縣县鎮镇" as a function that writes traditional characters simplified. */
const simplifier = (pairs) => {
  const simple = new Map();
  const characters = Array.from(pairs);
  for (let i = 0; i + 1 < characters.length; i += 2) simple.set(characters[i], characters[i + 1]);
  return (words) => Array.from(words, (one) => simple.get(one) || one).join("");
};

/** "liang梁;shui水;liang良" as the sounds of each character. */
const readTable = (table) => {
  const sounds = new Map();
  table.split(";").forEach((group) => {
    const [sound] = group.match(/^[a-z]*/);
    Array.from(group.slice(sound.length)).forEach((one) =>
      sounds.set(one, [...(sounds.get(one) || []), sound]),
    );
  });
  return sounds;
};

const isSpelt = (words) => /^[a-z0-9]+$/.test(words);
const hasLetter = (words) => /[a-z]/.test(words);

/** What many do not tell apart: zh and z, ng and n, ü and u. */
const near = (spelt) =>
  spelt.replace(/([zcs])h/g, "$1").replace(/ng/g, "n").replace(/v/g, "u");

/** The fewest slips that turn `wanted` into a part of `key` from a start; a swap is one slip. */
const fewest = (wanted, key, starts, allowed) => {
  let before = [];
  let row = [];
  for (let j = 0; j <= key.length; j += 1) row.push(starts.includes(j) ? 0 : row[j - 1] + 1);
  for (let i = 0; i < wanted.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < key.length; j += 1) {
      const other = wanted[i] === key[j] ? 0 : 1;
      const isSwap = i && j && wanted[i] === key[j - 1] && wanted[i - 1] === key[j];
      const swapped = isSwap ? before[j - 1] + 1 : TOO_MANY;
      next.push(Math.min(row[j] + other, row[j + 1] + 1, next[j] + 1, swapped));
    }
    [before, row] = [row, next];
  }
  const slips = Math.min(...row);
  return slips > allowed ? TOO_MANY : slips;
};

const everyStart = (parts) => parts.map((_, i) => i);

/** Letters, and the places at which a character's sound begins. */
const spelling = (parts) => ({
  letters: parts.join(""),
  starts: parts.map((_, i) => parts.slice(0, i).join("").length),
});

/** Whether the first characters can be typed so, each by itself or a part of its sound. */
const reads = (name, wanted, { soundsOf }) => {
  let reached = new Set([0]);
  for (let i = 0; i < name.length && reached.size && !reached.has(wanted.length); i += 1) {
    const next = new Set();
    reached.forEach((at) =>
      [name[i], ...soundsOf(name[i])].forEach((way) => {
        for (let size = 1; size <= way.length && way[size - 1] === wanted[at + size - 1]; size += 1)
          next.add(at + size);
      }),
    );
    reached = next;
  }
  return reached.has(wanted.length);
};

const keepsOrder = (name, wanted, { soundsOf }) => {
  let from = 0;
  return Array.from(wanted).every((one) => {
    const standsFor = (other) => one === other || soundsOf(other).some((way) => way[0] === one);
    while (from < name.length && !standsFor(name[from])) from += 1;
    from += 1;
    return from <= name.length;
  });
};

// The first rule that finds anything decides what is shown.
const SURE = [
  (body, wanted) => body.names.some((name) => name.includes(wanted)),
  (body, wanted) => body.names.some((name) => name.length > 1 && wanted.includes(name)),
  (body, wanted) => body.towns.some((town) => wanted.includes(town)),
  (body, wanted) => isSpelt(wanted) && body.spelt.some((word) => word.startsWith(wanted)),
  (body, wanted) =>
    hasLetter(wanted) &&
    body.longest.some((name) => name.some((_, i) => reads(name.slice(i), wanted, body))),
  (body, wanted) =>
    wanted.length >= (isSpelt(wanted) ? 4 : 3) &&
    body.longest.some((name) => keepsOrder(name, wanted, body)),
  (body, wanted) => body.county.includes(wanted),
];
const LIKELY = [
  (body, wanted) =>
    isSpelt(wanted) &&
    [...body.towns, ...body.firms]
      .map(body.spell)
      .some((word) => word.length > 5 && wanted.includes(word)),
  (body, wanted) => body.firms.some((firm) => wanted.includes(firm)),
];
const isOfItsCounty = (body, wanted) => body.county && wanted.includes(body.county);

const slipsInLetters = (body, word) => {
  if (word.length < 4) return TOO_MANY;
  const allowed = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
  const count = (typed, keys) =>
    Math.min(...keys.map((key) => fewest(typed, key.letters, key.starts, allowed)));
  return Math.min(count(word, body.spellings), count(near(word), body.nearSpellings));
};

/** 良睡 sounds like 梁水; 水梁 is one slip from it, 染水 rather two. */
const slipsOfTwo = (body, [first, second]) => {
  const stems = [...body.towns, ...body.firms];
  const isHeard = (a, b) => (sounds) => sounds[0] === a && sounds[1] === b;
  if ([...body.names, ...stems].map(body.hear).some(isHeard(first, second))) return 0;
  const twos = stems.map(body.hear).filter((stem) => stem.length === 2);
  if (twos.some(isHeard(second, first))) return 1;
  return twos.some(([a, b]) => first === a || second === b) ? 2 : TOO_MANY;
};

/** A character that sounds alike is no slip. */
const slipsInSounds = (body, wanted) => {
  const allowed = wanted.length < 7 ? 1 : 2;
  const parts = body.longest.map(body.hear);
  const wholes = body.names.map(body.hear).filter(
    (name) => name.length > 2 && name.length < 6 && name.length + 1 < wanted.length,
  );
  return Math.min(
    ...parts.map((name) => fewest(wanted, name, everyStart(name), allowed)),
    ...wholes.map((name) => fewest(name, wanted, everyStart(wanted), 1)),
  );
};

const slips = (body, wanted) => {
  // How people call the seat of a street.
  const called = wanted.replace(/(?:街道)?[办辦]事[处處]$|街道?[办辦]$/, "街道");
  const isLed = body.county && called.startsWith(body.county);
  const words = isLed ? called.slice(body.county.length) : called;
  if (words.length < 2) return TOO_MANY;
  if (hasLetter(words)) return slipsInLetters(body, body.spell(words));
  const sounds = body.hear(words);
  return sounds.length === 2 ? slipsOfTwo(body, sounds) : slipsInSounds(body, sounds);
};

const nearest = (bodies, wanted) => {
  const counts = bodies.map((body) => slips(body, wanted));
  const least = Math.min(TOO_MANY - 1, ...counts);
  return bodies.filter((_, i) => counts[i] === least);
};

/** The bodies that may be meant; not sure means that no name is just so. */
const find = (bodies, wanted) => {
  const by = (rule) => bodies.filter((body) => rule(body, wanted));
  const firstOf = (rules) => rules.reduce((found, rule) => (found.length ? found : by(rule)), []);
  const sure = firstOf(SURE);
  if (sure.length) return { found: sure.slice(0, MOST), isSure: true };
  const likely = firstOf(LIKELY);
  const similar = likely.length ? likely : nearest(bodies, wanted);
  const found = similar.length ? similar : by(isOfItsCounty);
  return { found: found.slice(0, MOST), isSure: !found.length };
};

/** Names without their 镇 or 集团; none of a single character. */
const stems = (names, end) =>
  names.map((name) => name.replace(end, "")).filter((stem) => stem.length > 1);

const bodyReader = (simplify, sounds) => {
  const simple = (words) => simplify(compared(words));
  const soundsOf = (one) => sounds.get(one) || [];
  const soundOf = (one) => soundsOf(one)[0] || one;
  return (option) => {
    const keys = (option.dataset.keys || "").split(" ").filter(Boolean);
    const spelt = keys.filter(isSpelt);
    const names = [option.text, ...keys.filter((key) => !isSpelt(key))].map(simple);
    const isPart = (name) => names.some((other) => other !== name && other.includes(name));
    const longest = names.filter((name) => !isPart(name)).map((name) => Array.from(name));
    const parts = [...spelt.map((word) => [word]), ...longest.map((name) => name.map(soundOf))];
    return {
      option,
      names,
      spelt,
      longest,
      soundsOf,
      county: simple(option.parentNode.dataset.county || ""),
      towns: stems(names, /(街道办事处|街道|镇|乡)$/),
      firms: stems(names, /(集团公司|集团|公司)$/),
      spellings: parts.map(spelling),
      nearSpellings: parts.map((one) => spelling(one.map(near))),
      spell: (text) => Array.from(text, soundOf).join(""),
      hear: (text) => Array.from(text, (one) => near(soundOf(one))),
    };
  };
};

/** Looks words up among the bodies of a list: what find() says, or null for words too short. */
export const finderOf = (select, longest) => {
  const simplify = simplifier(select.dataset.traditional);
  const bodyOf = bodyReader(simplify, readTable(select.dataset.sounds));
  const isBody = (option) => option.dataset.keys && !option.disabled;
  const bodies = Array.from(select.options).filter(isBody).map(bodyOf);
  return (typed) => {
    const wanted = simplify(compared(Array.from(typed).slice(0, longest).join("")));
    return wanted.length < 2 ? null : find(bodies, wanted);
  };
};
