/* Asks for the proposed desk a moment after the last key; an answer that is overtaken is dropped. */

const MOMENT = 400;

export function followTyping(form, place) {
  let waiting = 0;
  let asking = null;

  async function ask() {
    if (asking) {
      asking.abort();
    }
    asking = new AbortController();
    const typed = new FormData(form);
    // Files are looked at when the form is sent.
    typed.delete("attachments");
    try {
      const answer = await fetch(form.dataset.routing, {
        method: "POST",
        body: typed,
        signal: asking.signal,
      });
      if (answer.ok && !answer.redirected) {
        place.innerHTML = await answer.text();
      }
    } catch (error) {
      // Without a connection the page says nothing new; sending the form will tell.
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, MOMENT);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
