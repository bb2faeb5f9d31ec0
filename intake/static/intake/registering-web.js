/* Registering a web report: keys instead of the mouse; ticks into the fields; the proposed desk. */

import { followKeys } from "./registering/keys.js";
import { followOffers } from "./registering/offers.js";
import { followTyping } from "./registering/proposal.js";

const form = document.getElementById("register");

followKeys(form, document.getElementById("keys"));
followOffers(form, document.getElementById("offers"));
followTyping(form, document.getElementById("proposal"));
