/** Lets the customer erase the conversation: a button beside the protocol number, and a question before it is done. */

import { h } from "../common/dom.js";
import texts from "../common/texts/erasing.js";

const DEADLINE_MS = 10_000; // the server ends a call in 6 s
const GONE = 404;
const EXPIRED = 401;
const CSS = `
dialog {
  max-inline-size: min(26em, calc(100vw - 32px)); padding: 20px; border: 1px solid var(--rt-line); border-radius: 16px;
  background: var(--rt-surface); color: var(--rt-text); font: 1rem/1.5 var(--rt-font); overflow-wrap: anywhere;
}
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog h2 { margin: 0 0 8px; font-size: 1.0625rem; line-height: 1.3; }
dialog p { margin-block-end: 12px; }
dialog p:empty { margin: 0; }
dialog code { display: block; margin-block-start: 6px; font-size: .8125rem; user-select: all; }
dialog button.main { border-color: var(--rt-error); background: var(--rt-error); color: var(--rt-surface); }
.protocol button.erase { color: var(--rt-error); margin-inline-start: auto; padding-inline: 4px; }
`;

/** The button and the question of one chat (`Chat`, types.d.ts). It outlives the page's changes of language. */
export class Eraser {
  #token = "";
  #sheet = new CSSStyleSheet();

  constructor(chat) {
    this.chat = chat;
    this.#sheet.replaceSync(CSS);
    new MutationObserver(() => this.#attach()).observe(chat.root(), { childList: true });
    this.#attach();
  }

  /** Remember what there is to erase, also when the page lets go of it because it was closed. */
  see({ token }) {
    this.#token = token;
  }

  /** The page is built anew in another language, without what was added to it. */
  #attach() {
    const root = this.chat.root();
    const row = root.querySelector(".protocol");
    if (!row || row.querySelector(".erase")) return;
    this.words = texts[this.chat.lang()];
    const act = { onclick: () => this.#ask(), "aria-label": this.words.erase };
    row.append(h("button", { type: "button", class: "erase", ...act }, this.words.yes)); // short: the row is a phone's line
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  #ask() {
    const { words } = this;
    const told = h("p", { role: "status" });
    const title = h("h2", { id: "erase-title" }, words.ask);
    const what = h("p", { id: "erase-what" }, words.what);
    const no = h("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, words.no);
    const yes = h("button", { type: "button", class: "main", onclick: () => this.#act({ title, told, what, no, yes }) }, words.yes);
    const dialog = h("dialog", { lang: this.chat.lang(), "aria-labelledby": "erase-title", "aria-describedby": "erase-what" },
      title, what, told, h("div", { class: "row" }, no, yes));
    dialog.addEventListener("close", () => this.#leave(dialog));
    this.chat.root().append(dialog);
    dialog.showModal();
  }

  async #act({ title, told, what, no, yes }) {
    const { words, chat } = this;
    const token = this.#token;
    yes.disabled = true;
    told.replaceChildren();
    // while a message is on its way its answer would come back to a conversation that is gone
    const { status, receipt } = chat.state().busy ? { status: 0 } : await erase(chat.api, token);
    yes.disabled = false;
    if (!receipt && status !== GONE) return told.append(status === EXPIRED ? words.expired : words.failed);
    title.textContent = words.done;
    told.append(...(receipt ? [words.proof, h("code", {}, receipt)] : [words.gone]));
    what.remove();
    yes.remove();
    no.textContent = words.close;
    no.focus();
    const { session } = chat.state();
    if (!session || session.token === token) chat.dispatch({ type: "renewed" });
  }

  /** After an erasure the button that was pressed is gone; the browser goes back to it otherwise. */
  #leave(dialog) {
    const root = this.chat.root();
    dialog.remove();
    if (!root.querySelector(".erase").checkVisibility()) root.querySelector("#box").focus();
  }
}

/** Erase what a token stands for. Never throws: `status` 0 is no answer; `receipt` is there if it was done. */
async function erase(api, token) {
  try {
    const response = await fetch(`${api}/api/v1/chat/erase`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: "{}",
      credentials: "omit", // the bearer says whose it is
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const { receipt } = response.ok ? await response.json() : {};
    return { status: response.status, receipt };
  } catch {
    return { status: 0 };
  }
}
