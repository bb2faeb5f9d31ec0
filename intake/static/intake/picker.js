// A type-ahead over the list of bodies. It only suggests: the list itself stays, holds what is
// chosen, and changes by a press alone. Without this file the list works as it is.

import { finderOf } from "./finding.js";

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
  const unsure = select.options[select.options.length - 1];
  const lookUp = finderOf(select, input.maxLength);
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
    const answer = lookUp(input.value);
    list.textContent = "";
    close();
    status.textContent = "";
    if (!answer) return;
    const { found, isSure } = answer;
    shown = [...found.map((body) => body.option), unsure];
    shown.map(row).forEach((line) => list.append(line));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = found.length
      ? `${isSure ? "" : "没有一样的名称。按相近的名称，"}找到 ${found.length} 个单位，请自己选。`
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
