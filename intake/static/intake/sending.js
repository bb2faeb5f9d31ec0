// A form is sent without leaving the page. On a broken connection the words and files stay, and the
// form's own token makes any number of tries one report. The answer, whatever it is, takes the place
// of the page; "back" brings the form back as it was left, and the receipt outlives a reload as the
// answer to a plain form would. The other scripts hear "page-turned" and look at the new page.

const RECEIPT_LASTS = 60 * 60 * 1000;
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
  carrySize();
  offerSize();
};

const isLarge = () => document.documentElement.classList.contains("large");

/** What is pressed on this page leads on in the size that it is shown in. */
const carrySize = () => {
  document.querySelectorAll("a[href^='/'], form[action^='/']").forEach((one) => {
    const name = one.matches("a") ? "href" : "action";
    const address = new URL(one.getAttribute(name), location.origin);
    address.searchParams.delete("size");
    if (isLarge()) address.searchParams.set("size", "large");
    one.setAttribute(name, address.pathname + address.search + address.hash);
  });
};

/** The form stays where it is, with all that was typed, and only its type grows. */
const offerSize = () => {
  const button = document.querySelector(".nav__size");
  if (!button) return;
  button.type = "button";
  button.textContent = isLarge() ? "正常字" : "大字";
  button.onclick = () => {
    document.documentElement.classList.toggle("large");
    carrySize();
    offerSize();
  };
};

/** A tick that no form sends stays as it was on the page that comes back. */
const carryTick = (from, to, selector) => {
  const [was, is] = [from, to].map((body) => body.querySelector(selector));
  if (was && is) is.checked = was.checked;
};

/** The chosen files go along to a form that comes back, and no words say that they are gone. */
const carryFiles = (from, to) => {
  const [old, fresh] = [from, to].map((body) => body.querySelector("#attachments"));
  if (!old || !fresh || !old.files.length) return;
  fresh.files = old.files;
  if (!fresh.files.length) return;
  to.querySelectorAll(".hint--again, .summary > p").forEach((words) => words.remove());
  carryTick(from, to, "#send-originals");
};

const isReceipt = (page) => page.body.hasAttribute("data-sent");

const lookAnew = () => {
  document.dispatchEvent(new Event("page-turned"));
  (document.querySelector(".summary") || document.getElementById("main")).focus();
};

/** Where a plain form's answer stands: Chrome would take the form, opened anew, for a reload. */
const receiptPlace = () => `/report/?sent=1${isLarge() ? "&size=large" : ""}`;

const turnTo = (answer) => {
  const here = history.state && seen[history.state.page] ? history.state.page : seen.length;
  const next = { page: here + 1 };
  if (isReceipt(answer)) next.receipt = { moment: Date.now(), html: answer.body.outerHTML };
  seen[here] = { body: document.body, title: document.title };
  seen.length = here + 1;
  seen.push({ body: document.adoptNode(answer.body), title: answer.title });
  history.replaceState({ page: here }, "");
  history.pushState(next, "", next.receipt ? receiptPlace() : location.href);
  carryFiles(seen[here].body, seen[here + 1].body);
  carryTick(seen[here].body, seen[here + 1].body, "#keep-draft");
  put(seen[here + 1]);
  window.scrollTo(0, 0);
  lookAnew();
};

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Whether this page was reloaded or stepped back to, and not opened anew. */
const isComingBack = () => {
  const [entry] = performance.getEntriesByType("navigation");
  // Safari before 15 tells it only in the old way, by a number.
  return entry ? entry.type !== "navigate" : performance.navigation.type > 0;
};

/** After a reload, or on a phone that dropped the page for want of memory, the receipt is back. */
export const bringBackReceipt = () => {
  const { page, receipt } = history.state || {};
  if (!receipt) return;
  const age = Date.now() - receipt.moment;
  // Who opens the form anew, perhaps the next person at this computer, gets a new form.
  if (!isComingBack() || age < 0 || age > RECEIPT_LASTS) {
    history.replaceState(null, "");
    return;
  }
  const { body } = parse(receipt.html);
  // What has been kept since then is another report's.
  body.removeAttribute("data-sent");
  seen[page - 1] = { body: document.body, title: document.title };
  seen[page] = { body: document.adoptNode(body), title: body.querySelector("h1").textContent };
  put(seen[page]);
  lookAnew();
};

/** Our own page as a document; what a proxy says in our place must not push the words away. */
const read = (request) => {
  const answer = parse(request.responseText);
  if (!answer.getElementById("main")) throw new Error(`answer ${request.status} is not ours`);
  return answer;
};

/** Sends the form and says, while files are on their way, how far they are. */
const post = (form, tell) =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) tell(event.loaded / event.total);
    });
    request.addEventListener("load", () => done(request));
    ["error", "abort", "timeout"].forEach((kind) =>
      request.addEventListener(kind, () => fail(new Error(kind))),
    );
    const data = new FormData(form);
    if (window.ahead) window.ahead.leaveOut(form, data);
    request.send(data);
  });

const hasFiles = (form) => Array.from(form.elements).some((one) => one.files && one.files.length);

/** In tens: somebody who listens to the page is not told of every single percent. */
const tellProgress = (form, share) => {
  if (!hasFiles(form)) return;
  const percent = Math.floor(share * 10) * 10;
  const number = form.querySelector("[data-shown=progress] span");
  if (number.textContent !== String(percent)) number.textContent = percent;
  show(form, share < 1 ? "progress" : "arrived");
};

const send = async (form) => {
  isSending = true;
  show(form, "sending");
  let answer = null;
  try {
    // files.js leaves its promise here while it makes pictures smaller.
    await Promise.all(Array.from(form.elements, (field) => field.isReady));
    if (window.ahead) await window.ahead.finish(form, (share) => tellProgress(form, share));
    answer = read(await post(form, (share) => tellProgress(form, share)));
  } catch (error) {
    console.warn("not sent:", error.message);
  }
  isSending = false;
  show(form, answer ? "" : "not-sent");
  if (answer) turnTo(answer);
};

const takeOverSending = () => {
  document.querySelectorAll("form[data-sends]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isSending) send(form);
    });
    // In a line of text the form's first button, which cannot be pressed, keeps Enter from sending.
    form.addEventListener("keydown", (event) => {
      const isTick = event.target.matches("[type=checkbox], [type=radio]");
      if (isTick && event.key === "Enter") event.preventDefault();
    });
  });
};

if (window.DOMParser && window.FormData) {
  takeOverSending();
  document.addEventListener("page-turned", takeOverSending);
  window.addEventListener("popstate", (event) => {
    // A link inside the page comes here too, without a state, and changes nothing.
    const page = event.state && seen[event.state.page];
    if (page) put(page);
  });
  document.addEventListener("click", (event) => {
    // Chrome takes a link to this very address for a reload; who follows it wants a blank form.
    const link = event.target.closest("a[href^='/']");
    if (link && link.href === location.href.split("#")[0]) history.replaceState(null, "");
  });
}

offerSize();
