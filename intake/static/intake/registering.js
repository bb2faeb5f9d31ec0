/* The registering page: keys instead of the mouse, the proposed desk, and scans beside the fields. */

import { followKeys } from "./registering/keys.js";
import { followTyping } from "./registering/proposal.js";
import { followScans } from "./registering/scans.js";
import { showForOthers } from "./registering/for-others.js";

const form = document.getElementById("register");

followKeys(form, document.getElementById("keys"));
followTyping(form, document.getElementById("proposal"));
followScans(form, document.getElementById("scans"));
showForOthers(form);
