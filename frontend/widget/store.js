/** What this browser keeps: the session for all tabs; what is unsent for this tab only, so that no two tabs send it. */

import { unsent } from "./state.js";

const MOST_QUEUED = 20; // specified: the queue survives a reload, at most 20 messages
const LANGUAGE = "roteiro:language";

/** One chat's memory, kept apart per API so that two companies on one origin do not share it. */
export class Store {
  constructor(api) {
    this.sessionKey = `roteiro:session:${api}`;
    this.unsentKey = `roteiro:unsent:${api}`;
  }

  /** Return what `begin` needs. */
  load() {
    const { name = "", draft = "", queue = [] } = read("sessionStorage", this.unsentKey) ?? {};
    this.session = read("localStorage", this.sessionKey);
    return { session: this.session, name, draft, queue };
  }

  /** Remember a state; nothing is written before the customer wrote something. */
  keep(state) {
    const queue = unsent(state).slice(0, MOST_QUEUED);
    const anything = state.name || state.draft || queue.length;
    write("sessionStorage", this.unsentKey, anything ? { name: state.name, draft: state.draft, queue } : null);
    if (state.session === this.session) return; // a tab without a conversation must not erase another tab's
    this.session = state.session;
    write("localStorage", this.sessionKey, state.session);
  }

  /** Return the language the customer chose here before, or null. */
  get language() {
    return read("localStorage", LANGUAGE);
  }

  set language(lang) {
    write("localStorage", LANGUAGE, lang);
  }
}

// A browser may forbid storage (SecurityError, on the property), be full, or hold foreign data.
const EXPECTED = new Set(["SecurityError", "QuotaExceededError", "SyntaxError"]);

function read(area, key) {
  return unlessForbidden(() => JSON.parse(window[area].getItem(key)));
}

function write(area, key, value) {
  unlessForbidden(() => (value ? window[area].setItem(key, JSON.stringify(value)) : window[area].removeItem(key)));
}

/** Without storage a reload loses the conversation; the chat itself goes on. */
function unlessForbidden(act) {
  try {
    return act();
  } catch (error) {
    if (EXPECTED.has(error.name)) return null;
    throw error;
  }
}
