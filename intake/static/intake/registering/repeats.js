/*
  Looks for repeats a moment after one of the telling fields is left. Each look is kept in the
  records, so that nothing is asked while these fields are empty, or as they were.
*/

const AFTER_LEAVING = 400;
const TELLING = ["reporter_name", "reporter_phone", "signer_names", "subject", "place", "narrative"];

export function followTelling(form, place) {
  const button = form.elements._look_up;
  let waiting = 0;
  let asking = null;
  let asked = told();

  function told() {
    const fields = TELLING.map((name) => form.elements[name]);
    const values = fields.map((field) => (field ? field.value.trim() : ""));
    return values.some(Boolean) ? JSON.stringify(values) : "";
  }

  async function ask() {
    if (asking) {
      asking.abort();
    }
    asking = new AbortController();
    asked = told();
    const typed = new FormData(form);
    typed.delete("attachments");
    try {
      const answer = await fetch(place.dataset.lookUp, {
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

  form.addEventListener("change", (event) => {
    if (!TELLING.includes(event.target.name)) {
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (told() && told() !== asked) {
        ask();
      }
    }, AFTER_LEAVING);
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
}
