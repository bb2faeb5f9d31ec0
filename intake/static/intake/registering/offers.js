/*
  A tick puts what it offers into its field at once, and taking the tick off takes it out again,
  unless somebody wrote over it. Without this, the server does it when the form is sent.
*/

const SEVERAL = ["other_problems", "topics"];

export function followOffers(form, offers) {
  offers.addEventListener("change", (event) => {
    const tick = event.target.closest("[data-values]");
    if (!tick) {
      return;
    }
    const values = JSON.parse(tick.dataset.values);
    if (tick.value.startsWith("accused:")) {
      setAccused(form, values, tick.checked);
    } else {
      Object.keys(values).forEach((name) => setField(form, name, values[name], tick.checked));
    }
    form.dispatchEvent(new Event("input"));
  });
}

function setField(form, name, value, isTaken) {
  if (SEVERAL.includes(name)) {
    const boxes = [...form.querySelectorAll(`[name="${name}"]`)];
    const box = boxes.find((one) => one.value === value);
    if (box) {
      box.checked = isTaken;
      const folded = box.closest("details");
      if (folded && isTaken) {
        folded.open = true;
      }
    }
    return;
  }
  const field = form.elements[name];
  if (isTaken) {
    field.value = value;
  } else if (field.value === value) {
    field.value = "";
  }
}

function setAccused(form, values, isTaken) {
  const names = Object.keys(values);
  const rows = [...form.querySelectorAll(".case__row")].map((row) =>
    names.map((name) => row.querySelector(`[name$="-${name}"]`))
  );
  const same = rows.find((row) => row.every((field, at) => field.value === values[names[at]]));
  if (isTaken && !same) {
    const free = rows.find((row) => row.every((field) => !field.value));
    if (free) {
      free.forEach((field, at) => (field.value = values[names[at]]));
    }
  } else if (!isTaken && same) {
    same.forEach((field) => (field.value = ""));
  }
}
