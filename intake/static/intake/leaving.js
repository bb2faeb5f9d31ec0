/* Tells that the page of an item is left, so that colleagues are not told any more that it is open. */

function tell(form) {
  const said = new FormData(form);
  said.append("opened", form.dataset.opened);
  navigator.sendBeacon(form.dataset.leave, said);
}

document.querySelectorAll("form[data-leave]").forEach((form) => {
  window.addEventListener("pagehide", () => tell(form));
});
