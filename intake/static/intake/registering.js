/* The registering page: keys instead of the mouse; the proposed desk, repeats and scans beside the fields. */

import { followKeys } from "./registering/keys.js";
import { followTyping } from "./registering/proposal.js";
import { followTelling } from "./registering/repeats.js";
import { followScans } from "./registering/scans.js";
import { showForOthers } from "./registering/for-others.js";

const form = document.getElementById("register");

followKeys(form, document.getElementById("keys"));
followTyping(form, document.getElementById("proposal"));
followTelling(form, document.getElementById("looked-up"));
followScans(form, document.getElementById("scans"));
showForOthers(form);
