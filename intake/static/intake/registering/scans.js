/*
  Scans dropped anywhere on the page, or chosen, are sealed at once and shown beside the fields.
  Without it they go with the form.
*/

export function followScans(form, place) {
  const chosen = form.elements.attachments;

  // `taken` are the answers that the server gives of a living session.
  async function ask(address, body, taken) {
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { method: "POST", body });
      if (answer.redirected || answer.status === 403) {
        say(place.dataset.lost);
        return null;
      }
      if (!taken.includes(answer.status)) {
        throw new Error("not taken");
      }
      return answer;
    } catch (error) {
      say(place.dataset.failed);
      return null;
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  function say(words) {
    const before = place.querySelector("[data-not-done]");
    const line = before || document.createElement("p");
    line.className = "message message--error";
    line.dataset.notDone = "";
    line.textContent = words;
    place.prepend(line);
  }

  // What could not be sealed now stays chosen, and goes with the form.
  async function putChosen() {
    if (!chosen.files.length) {
      return;
    }
    const body = typed(["csrfmiddlewaretoken", "_sheet"]);
    for (const file of chosen.files) {
      body.append("attachments", file);
    }
    const answer = await ask(place.dataset.put, body, [200, 422]);
    if (answer) {
      place.innerHTML = await answer.text();
      chosen.value = "";
    }
  }

  function typed(names) {
    const body = new FormData();
    names.forEach((name) => body.append(name, form.elements[name].value));
    return body;
  }

  chosen.addEventListener("change", putChosen);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      try {
        const all = new DataTransfer();
        [...chosen.files, ...event.dataTransfer.files].forEach((file) => all.items.add(file));
        chosen.files = all.files;
      } catch (error) {
        chosen.files = event.dataTransfer.files;
      }
      putChosen();
    }
  });
  place.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-take-off]");
    if (!button) {
      return;
    }
    event.preventDefault();
    if (await ask(button.dataset.takeOff, typed(["csrfmiddlewaretoken"]), [200])) {
      button.closest(".scan").remove();
    }
  });
}
