/* Registering a web report: Enter goes on from one offer to the next. */

import { followKeys } from "./registering/keys.js";

followKeys(document.getElementById("register"), document.getElementById("keys"));
