// Sends a form without leaving the page, so that a broken connection loses nothing: the words
// and files stay, and the form's own token makes any number of tries one report. The answer,
// whatever it is, takes the place of the page; "back" brings the form back as it was left.
// The other scripts hear "page-turned" and look at the new page.

const seen = [];
let isSending = false;

const show = (form, what) => {
  form.querySelectorAll("[data-shown]").forEach((words) => {
    words.hidden = words.dataset.shown !== what;
  });
};

const put = (page) => {
  if (document.body !== page.body) document.body = page.body;
  document.title = page.title;
};

/** The chosen files go along to a form that comes back, and no words say that they are gone. */
const carryFiles = (from, to) => {
  const [old, fresh] = [from, to].map((body) => body.querySelector("input[name=attachments]"));
  if (!old || !fresh || !old.files.length) return;
  fresh.files = old.files;
  if (!fresh.files.length) return;
  to.querySelectorAll(".hint--again, .summary > p").forEach((words) => words.remove());
  const [was, is] = [from, to].map((body) => body.querySelector("#send-originals"));
  if (was && is) is.checked = was.checked;
};

const turnTo = (answer) => {
  const here = history.state && seen[history.state.page] ? history.state.page : seen.length;
  seen[here] = { body: document.body, title: document.title };
  seen.length = here + 1;
  seen.push({ body: document.adoptNode(answer.body), title: answer.title });
  history.replaceState({ page: here }, "");
  history.pushState({ page: here + 1 }, "");
  carryFiles(seen[here].body, seen[here + 1].body);
  put(seen[here + 1]);
  window.scrollTo(0, 0);
  document.dispatchEvent(new Event("page-turned"));
  (document.querySelector(".summary") || document.getElementById("main")).focus();
};

/** Our own page as a document; what a proxy says in our place must not push the words away. */
const read = async (response) => {
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!answer.getElementById("main")) throw new Error(`answer ${response.status} is not ours`);
  return answer;
};

const send = async (form) => {
  isSending = true;
  show(form, "sending");
  let answer = null;
  try {
    // files.js leaves its promise here while it makes pictures smaller.
    await Promise.all(Array.from(form.elements, (field) => field.isReady));
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    answer = await read(response);
  } catch (error) {
    console.warn("not sent:", error.message);
  }
  isSending = false;
  show(form, answer ? "" : "not-sent");
  if (answer) turnTo(answer);
};

const start = () => {
  document.querySelectorAll("form[data-sends]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isSending) send(form);
    });
  });
};

if (window.fetch && window.DOMParser && window.FormData) {
  start();
  document.addEventListener("page-turned", start);
  window.addEventListener("popstate", (event) => {
    // A link inside the page comes here too, without a state, and changes nothing.
    const page = event.state && seen[event.state.page];
    if (page) put(page);
  });
}
