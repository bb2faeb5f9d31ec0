/*
  Scans dropped anywhere on the page, or chosen, are sealed at once and shown beside the fields.
  Without it they go with the form.
*/

export function followScans(form, place) {
  const chosen = form.elements.attachments;

  async function put(files) {
    const typed = new FormData();
    for (const name of ["csrfmiddlewaretoken", "_sheet"]) {
      typed.append(name, form.elements[name].value);
    }
    for (const file of files) {
      typed.append("attachments", file);
    }
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(place.dataset.put, { method: "POST", body: typed });
      if (answer.redirected || ![200, 422].includes(answer.status)) {
        throw new Error("not sealed");
      }
      place.innerHTML = await answer.text();
      return true;
    } catch (error) {
      return false;
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  chosen.addEventListener("change", async () => {
    // What could not be sealed now stays chosen, and goes with the form.
    if (chosen.files.length && (await put(chosen.files))) {
      chosen.value = "";
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      put(event.dataTransfer.files);
    }
  });
  place.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-take-off]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const typed = new FormData();
    typed.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(button.dataset.takeOff, { method: "POST", body: typed });
    if (answer.ok && !answer.redirected) {
      button.closest(".scan").remove();
    }
  });
}
