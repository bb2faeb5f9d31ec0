/* Correcting what was registered: the keys of the registering page. */

import { followKeys } from "./registering/keys.js";
import { showForOthers } from "./registering/for-others.js";

const form = document.getElementById("register");

followKeys(form, document.getElementById("keys"));
if (form.elements.origin) {
  showForOthers(form);
}
