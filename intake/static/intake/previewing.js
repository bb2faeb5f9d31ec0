/*
  On the preview of a notice: words that are selected are offered for saying what they are. Whoever points at a field sees its words, and the other way round.
  Without it the links between the two do the same.
*/

const source = document.querySelector("[data-source]");

function show(field, isOn) {
  const mark = document.getElementById(field.dataset.mark);
  field.classList.toggle("field--shown", isOn);
  if (mark) {
    mark.classList.toggle("mark--shown", isOn);
  }
  return mark;
}

// Scrolls the text alone, so that the field stays where it is.
function bringInto(mark) {
  const wanted = mark.offsetTop - source.offsetTop - source.clientHeight / 3;
  if (source.scrollHeight > source.clientHeight) {
    source.scrollTop = wanted;
  } else {
    mark.scrollIntoView({ block: "center" });
  }
}

// What is selected in the text is offered as the words of which the clerk says what they are.
const words = document.getElementById("words");
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const shown = selection ? selection.toString().trim() : "";
  if (shown && source.contains(selection.anchorNode) && source.contains(selection.focusNode)) {
    words.value = shown;
    words.closest("details").open = true;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

document.querySelectorAll("[data-mark]").forEach((field) => {
  ["mouseenter", "focusin"].forEach((name) => {
    field.addEventListener(name, () => show(field, true));
  });
  ["mouseleave", "focusout"].forEach((name) => {
    field.addEventListener(name, () => show(field, false));
  });
  field.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#w-']");
    if (link) {
      event.preventDefault();
      bringInto(show(field, true));
    }
  });
});
