/** Delivers what the customer wrote: in order, one at a time, each under one id however often it is tried. */

import { post } from "../common/api.js";
import { unsent } from "./state.js";

const PAUSES_S = [1, 2, 4, 8, 15, 30]; // specified; the last one repeats
const JITTER = 0.3; // share of a pause, so that many phones do not come back in the same second
const SAY_WRITING_MS = 2_000;
const SAY_SLOW_MS = 8_000;

/** The queue's worker of a `Chat` (types.d.ts): sends when told to `deliver`, leaves every result to `dispatch`. */
export class Outbox {
  #tries = 0;
  #end = null; // timer of the pause that is running
  #count = null; // timer of its countdown
  #working = false;

  constructor(chat) {
    this.chat = chat;
  }

  /** Send what is unsent, unless that is being done or a pause is running. */
  async deliver() {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let entry = this.#next(); entry && !this.#end; entry = this.#next()) {
        this.#settle(entry, await this.#attempt(entry));
      }
    } finally {
      this.#working = false;
    }
  }

  /** End a pause now: the customer asked for it or the connection is back. A rate limit is kept. */
  wake() {
    if (this.chat.state().trouble?.reason !== "limited") this.#resume();
  }

  #next() {
    return unsent(this.chat.state())[0];
  }

  async #attempt(entry) {
    const alarms = [["writing", SAY_WRITING_MS], ["slow", SAY_SLOW_MS]].map(([stage, ms]) =>
      setTimeout(() => this.chat.dispatch({ type: "slowed", stage }), ms));
    this.chat.dispatch({ type: "sending", id: entry.id });
    const outcome = (await this.#open()) ?? (await this.#say(entry));
    alarms.forEach(clearTimeout);
    return outcome;
  }

  /** Make sure there is a session. Returns an outcome only if that failed. */
  async #open() {
    const state = this.chat.state();
    if (state.session) return null;
    const outcome = await this.#post("/initial-message", { message: state.name || this.chat.t()("customer") });
    if (outcome.kind === "lost") return { kind: "wait", reason: "down", seconds: null }; // nothing was there to lose
    if (outcome.kind !== "answer") return outcome;
    this.chat.dispatch({ type: "opened", session: outcome.session });
    return null;
  }

  #say(entry) {
    return this.#post(entry.side ? "/chat_ai" : "/chat", { message: entry.text, client_message_id: entry.id });
  }

  #post(path, body) {
    const token = this.chat.state().session?.token;
    return post(this.chat.api + path, body, { token, lang: this.chat.lang() });
  }

  #settle({ id }, outcome) {
    if (outcome.kind === "wait") return this.#pause(id, outcome);
    this.#tries = 0;
    const events = {
      answer: { type: "answered", id, at: Date.now(), reply: outcome },
      refused: { type: "refused", id, message: outcome.message },
      lost: { type: "lost" },
    };
    return this.chat.dispatch(events[outcome.kind]);
  }

  #pause(id, { reason, seconds }) {
    const planned = PAUSES_S[Math.min(this.#tries, PAUSES_S.length - 1)];
    this.#tries += reason === "running" ? 0 : 1;
    const pause = 1000 * (seconds ?? planned * (1 + JITTER * Math.random()));
    const over = Date.now() + pause;
    const left = () => Math.max(1, Math.ceil((over - Date.now()) / 1000));
    this.#end = setTimeout(() => this.#resume(), pause);
    if (reason === "running") return; // the customer still sees the dots
    this.#count = setInterval(() => this.chat.dispatch({ type: "counted", seconds: left() }), 1000);
    this.chat.dispatch({ type: "held", id, reason, seconds: left() });
  }

  #resume() {
    clearTimeout(this.#end);
    clearInterval(this.#count);
    this.#end = null;
    this.deliver();
  }
}
