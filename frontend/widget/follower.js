/** Reads what the desk says: often while a person may write, seldom while the assistant has the conversation. */

import { Eraser } from "./eraser.js";
import { isLively } from "./state.js";

// Specified: pauses of a page that is seen and of a hidden one; errors double them up to the last
const [SEEN_MS, HIDDEN_MS, SELDOM_MS] = [2_000, 15_000, 60_000];
const QUIET_MS = 15_000; // chosen: how late an unasked word of the desk may be; a hidden page need not know it
const DEADLINE_MS = 10_000; // a look that takes longer is given up: the next one says the same
const GONE = new Set([401, 404]);

/** Plans the looks. Two that overlap do no harm: what is said is shown once, by the number of its event. */
export class Follower {
  #timer = 0;
  #misses = 0;
  #tag = "";

  /** @param {import("../common/types").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.eraser = new Eraser(chat); // what can be followed can be erased
  }

  /** See that a look comes: now, or after the pause. */
  plan(now = false) {
    const { session } = this.chat.state();
    if (session) this.eraser.see(session);
    if (this.#timer && !now) return;
    clearTimeout(this.#timer);
    const pause = Math.min(pauseOf(session) * 2 ** this.#misses, SELDOM_MS);
    this.#timer = isDue(session) ? setTimeout(() => this.#look(), now ? 0 : pause) : 0;
  }

  async #look() {
    const { api, state, dispatch } = this.chat;
    const { session } = state();
    this.#timer = 0;
    if (!isDue(session)) return;
    const { status, tag, feed } = await look(api, session, this.#tag);
    this.#misses = status === 200 || status === 304 ? 0 : this.#misses + 1;
    if (!isOvertaken(state())) this.#tell({ status, tag, feed }, session);
    this.plan();
  }

  #tell({ status, tag, feed }, session) {
    const { state, dispatch } = this.chat;
    this.#tag = tag ?? this.#tag;
    if (feed) dispatch({ type: "followed", token: session.token, feed });
    if (GONE.has(status) && state().session === session) dispatch({ type: "lost" });
  }
}

function isDue(session) {
  return isLively(session) || Boolean(session?.seq && !document.hidden);
}

function pauseOf(session) {
  if (!isLively(session)) return QUIET_MS;
  return document.hidden ? HIDDEN_MS : SEEN_MS;
}

/** Say whether the assistant's answer is on its way: it will say the same, and must not find it said. */
function isOvertaken({ session, busy }) {
  return busy && !isLively(session);
}

/**
 * Ask what was said after the session's `seq`, unless that is what the tag names. Never throws.
 * @returns {Promise<import("../common/types").Look>}
 */
async function look(api, { token, seq }, tag) {
  if (!navigator.onLine) return { status: 0, feed: null }; // no call: the browser would log an error for each
  try {
    const response = await fetch(`${api}/api/v1/chat/events?after=${seq ?? 0}`, {
      headers: { Authorization: `Bearer ${token}`, "If-None-Match": tag },
      credentials: "omit", // the bearer says who is asking
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const feed = response.status === 200 ? await response.json() : null;
    return { status: response.status, tag: response.headers.get("ETag"), feed };
  } catch {
    return { status: 0, feed: null };
  }
}
