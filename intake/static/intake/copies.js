/*
  While a file's copies are made, says how far they are, and shows them when they are made. Without
  it a link does the same. It asks less and less often, and stops when the page is not looked at.
*/

const place = document.querySelector("[data-copies]");
const FIRST_MS = 1000;
const LONGEST_MS = 10000;

function show(told) {
  place.querySelector("[role=status]").textContent = `正在做${told.words}`;
  const bar = place.querySelector("progress");
  if (told.total) {
    bar.max = told.total;
    bar.value = told.done;
  }
}

async function ask(wait) {
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => ask(FIRST_MS), { once: true });
    return;
  }
  try {
    const answer = await fetch(place.dataset.copies);
    if (!answer.ok || answer.redirected) {
      return;
    }
    const told = await answer.json();
    if (!told.goesOn) {
      window.location.reload();
      return;
    }
    show(told);
  } catch (error) {
    // The line is away for a moment: it is asked again.
  }
  setTimeout(() => ask(Math.min(wait * 1.5, LONGEST_MS)), wait);
}

ask(FIRST_MS);
