// The button that prints; without scripts the browser's own way is named beside it.

const button = document.getElementById("to-print");

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
