/* What is asked only of papers that others pass on is out of the way for the office's own. */

export function showForOthers(form) {
  const origin = form.elements.origin;
  const parts = [...form.querySelectorAll("[data-from-others]")];

  function show() {
    for (const part of parts) {
      const isEmpty = ![...part.querySelectorAll("input")].some((field) => field.value);
      part.hidden = origin.value === "own" && isEmpty;
    }
  }

  origin.addEventListener("change", show);
  show();
}
