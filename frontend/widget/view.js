/** Draws a state: builds the page once per language, then changes what differs. Text enters as text nodes. */

import { h, icon } from "../common/dom.js";
import { LANGUAGES } from "../common/i18n.js";
import { sheet } from "./sheet.js";
import { COUNT_FROM, LIMIT, isWithPerson, lengthOf, unsent } from "./state.js";

const NEAR_PX = 40; // specified: closer to the end than this means "reading the newest"
const SPEECH = "M6 3h12a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-7l-5 4v-4a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z";
const ARROW = "M12 4l8 8-1.5 1.5L13 8v12h-2V8l-5.5 5.5L4 12z";

/** The page of one chat (`Shown`, types.d.ts) in one language. */
export class View {
  #entries = new Map(); // id -> {entry, node, meta}
  #follows = true; // the customer reads the newest, so it is kept in sight

  constructor(root, chat) {
    this.root = root;
    this.chat = chat;
    this.time = new Intl.DateTimeFormat(chat.lang, { hour: "2-digit", minute: "2-digit" });
    root.adoptedStyleSheets = [sheet()];
    root.replaceChildren(this.#page());
    new ResizeObserver(() => this.#keepSight()).observe(this.scroll);
  }

  /** Make the page say what the state says. */
  show(state) {
    const focused = this.root.activeElement;
    this.#showHeader(state);
    this.#showBanner(state);
    this.#showLog(state);
    this.#showAside(state);
    this.#showComposer(state);
    this.#showFoot(state);
    this.#announce(state);
    this.#keepSight();
    if (focused?.checkVisibility?.() === false) this.#resting().focus(); // what had the focus went away
  }

  focusLanguage() {
    this.language.focus();
  }

  /** Where focus goes when its place vanished: the box, unless that opens a keyboard over the answer. */
  #resting() {
    return matchMedia("(pointer: coarse)").matches ? this.log : this.box;
  }

  // Building

  #page() {
    const { t, lang } = this.chat;
    this.status = h("p", { role: "status", class: "unseen" });
    const title = this.chat.title ?? t("title");
    return h("section", { class: "chat", lang, "aria-label": title },
      this.#header(title), this.#banner(), this.#scroller(), this.#footer(), this.status);
  }

  #button(key, act, properties = {}) {
    return h("button", { type: "button", onclick: act, ...properties }, this.chat.t(key));
  }

  #header(title) {
    const { t, lang, speak } = this.chat;
    const options = Object.entries(LANGUAGES).map(([tag, name]) =>
      h("option", { value: tag, lang: tag, selected: tag === lang, "aria-label": name }, tag.slice(0, 2).toUpperCase()));
    this.person = this.#button("person", () => this.#say({ quick: "person" }), { class: "person" });
    this.chip = h("p", { class: "chip" });
    this.language = h("select", { "aria-label": t("language"), onchange: () => speak(this.language.value) }, ...options);
    this.step = h("label", { for: "progress" });
    this.bar = h("progress", { id: "progress" });
    this.progress = h("div", { class: "progress" }, this.step, this.bar);
    const who = h("div", { class: "who" }, h("h1", {}, title), h("p", {}, t("bot")));
    return h("header", {}, h("span", { class: "mark" }, icon(SPEECH)), who, this.language, this.person, this.chip,
      this.progress);
  }

  #banner() {
    this.trouble = h("p");
    this.retry = this.#button("retry", this.chat.retry);
    this.bannerBox = h("div", { class: "banner" }, this.trouble, this.retry);
    return this.bannerBox;
  }

  #scroller() {
    const { t } = this.chat;
    this.log = h("div", { role: "log", "aria-live": "off", "aria-label": t("messages"), tabindex: "0", class: "log" });
    this.slow = h("span");
    this.dots = h("p", { class: "dots" }, h("i"), h("i"), h("i"), this.slow);
    this.newer = this.#button("newer", () => this.#toEnd(), { class: "newer", hidden: true });
    this.scroll = h("div", { class: "scroll", onscroll: () => this.#scrolled() },
      this.log, this.dots, this.#nameCard(), this.#card());
    return h("div", { class: "middle" }, this.scroll, this.newer);
  }

  #nameCard() {
    const { t, dispatch } = this.chat;
    const input = h("input", { id: "name", maxlength: "120", autocomplete: "given-name", autocapitalize: "words" });
    const done = (name) => {
      dispatch({ type: "named", name });
      this.box.focus();
    };
    this.nameCard = h("form", { class: "card", onsubmit: (event) => (event.preventDefault(), done(input.value.trim())) },
      h("label", { for: "name" }, t("nameLabel")), input,
      h("div", { class: "row" }, h("button", { class: "main" }, t("nameGo")), this.#button("nameSkip", () => done(""))));
    return this.nameCard;
  }

  #card() {
    const renew = () => {
      this.chat.dispatch({ type: "renewed" });
      this.box.focus();
    };
    this.cardText = h("p");
    this.renew = this.#button("renew", renew);
    this.cardBox = h("div", { class: "card" }, this.cardText, this.renew);
    return this.cardBox;
  }

  #footer() {
    const { t, privacy } = this.chat;
    const link = privacy ? [" ", h("a", { href: privacy }, t("privacyLink"))] : [];
    this.privacy = h("p", { class: "small" }, t("privacy"), ...link);
    this.quick = h("div", { class: "quick", role: "group", "aria-label": t("choose") },
      this.#button("complain", () => this.#say({ quick: "complain" })),
      this.#button("cancel", () => this.#say({ quick: "cancel" })));
    this.number = h("p");
    this.copy = this.#button("copyShort", () => this.#copy(), { "aria-label": t("copy") });
    this.protocol = h("div", { class: "protocol small" }, this.number, this.copy);
    return h("footer", {}, this.quick, this.#composer(), this.privacy, this.protocol);
  }

  #composer() {
    const { t, dispatch } = this.chat;
    this.alert = h("p", { role: "alert", id: "alert" });
    this.count = h("span", { id: "count" });
    this.box = h("textarea", { id: "box", rows: "1", enterkeyhint: "send", "aria-describedby": "alert count",
      oninput: () => dispatch({ type: "drafted", text: this.box.value }), onkeydown: (event) => this.#typed(event) });
    const doubt = () => this.#say({ text: this.box.value, side: true });
    this.doubt = this.#button("doubt", doubt, { class: "doubt" });
    this.keys = h("span", { class: "keys", "aria-hidden": "true" }, t("keys"));
    const send = h("button", { class: "main send" }, h("span", {}, t("send")), icon(ARROW));
    const submit = (event) => (event.preventDefault(), this.#say({ text: this.box.value }));
    return h("form", { class: "composer", onsubmit: submit }, h("label", { for: "box" }, t("box")), this.box, send,
      this.alert, h("div", { class: "row" }, this.doubt, this.keys, this.count));
  }

  // Acting

  #say(words) {
    this.chat.dispatch({ type: "said", id: newId(), at: Date.now(), ...words });
    if (!words.quick) this.box.focus();
  }

  #typed(event) {
    const composing = event.isComposing || event.keyCode === 229; // 229: Safari's Enter that ends a composition
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      this.#say({ text: this.box.value });
    }
    if (event.key === "ArrowUp" && event.altKey) this.log.focus();
  }

  async #copy() {
    const { clipboard } = navigator; // absent on plain HTTP
    const ok = clipboard ? await clipboard.writeText(this.shown).then(() => true, () => false) : false;
    if (!ok) getSelection().selectAllChildren(this.number);
    this.chat.dispatch({ type: "copied", ok });
  }

  // Showing

  #showHeader({ session }) {
    const { t } = this.chat;
    const { step = 0, total = 0 } = session ?? {};
    const personal = isWithPerson(session);
    this.person.hidden = personal;
    this.chip.hidden = !personal;
    const place = session?.status === "waiting" ? session.position : null;
    this.chip.textContent = personal ? (place ? t("place", { n: place }) : t(session.status)) : "";
    this.progress.hidden = !(step && total);
    this.step.textContent = t("step", { n: step, total });
    this.bar.max = total || 1;
    this.bar.value = step;
  }

  #showBanner(state) {
    const { trouble, online, busy } = state;
    const waits = trouble && !busy ? { key: trouble.reason, values: { s: trouble.seconds } } : null;
    const why = online ? waits : { key: unsent(state).length ? "offline" : "cutOff" };
    this.bannerBox.hidden = !why;
    this.retry.hidden = !online || trouble?.reason === "limited";
    this.trouble.textContent = why ? this.#words(why) : "";
  }

  #showLog({ log }) {
    const kept = new Set(log.map((entry) => entry.id));
    for (const [id, { node }] of this.#entries) {
      if (!kept.has(id)) {
        node.remove();
        this.#entries.delete(id);
      }
    }
    const added = log.filter((entry) => !this.#entries.has(entry.id));
    log.forEach((entry) => this.#showEntry(entry));
    if (added.some((entry) => entry.by === "customer")) this.#follows = true;
    if (added.length) this.newer.hidden = this.#follows;
  }

  #showEntry(entry) {
    const shown = this.#entries.get(entry.id) ?? this.#newEntry(entry);
    if (shown.entry === entry) return;
    shown.entry = entry;
    shown.meta.replaceChildren(...this.#meta(entry));
    shown.node.classList.toggle("refused", entry.mark === "refused");
  }

  #newEntry(entry) {
    const meta = h("div", { class: "meta" });
    const author = entry.by === "note" ? [] : [h("p", { class: "author" }, this.#author(entry))];
    const node = h("div", { class: `entry ${entry.by}` }, ...author, h("p", { class: "text" }, this.#words(entry)), meta);
    const shown = { node, meta, entry: null };
    this.#entries.set(entry.id, shown);
    this.log.append(node);
    return shown;
  }

  #author({ by, name }) {
    return name ?? this.chat.t({ customer: "you", bot: "bot", human: "attendant", service: "title" }[by]);
  }

  #words({ key, values, text }) {
    return key ? this.chat.t(key, values) : text;
  }

  #meta(entry) {
    const { t, dispatch } = this.chat;
    const parts = entry.side ? [h("span", {}, t("asked"))] : [];
    if (entry.mark === "refused") {
      const edit = () => {
        dispatch({ type: "edited", id: entry.id });
        this.box.focus();
      };
      return [...parts, h("span", {}, t("refused")), h("span", {}, entry.problem), this.#button("edit", edit)];
    }
    if (entry.mark && entry.mark !== "sent") return [...parts, h("span", {}, t(entry.mark))];
    if (!entry.at) return parts;
    const at = new Date(entry.at);
    return [...parts, h("time", { datetime: at.toISOString() }, this.time.format(at))];
  }

  #showAside({ busy, slow, asksName, card, protocol }) {
    this.dots.hidden = !busy;
    this.slow.textContent = slow ? this.chat.t("slow") : "";
    this.nameCard.hidden = !asksName;
    this.cardBox.hidden = !card;
    this.cardText.hidden = card === "resumed"; // the note in the log has said it
    this.renew.classList.toggle("main", card !== "resumed"); // who comes back mostly wants to go on
    this.cardText.textContent = card ? this.chat.t(card, { protocol }) : "";
  }

  #showComposer({ draft, alert, session }) {
    const { t } = this.chat;
    const n = lengthOf(draft);
    if (this.box.value !== draft) this.box.value = draft;
    this.alert.textContent = alert ? t(alert, { limit: LIMIT }) : "";
    this.box.setAttribute("aria-invalid", String(Boolean(alert)));
    this.count.hidden = n < COUNT_FROM;
    this.count.textContent = t("count", { n, limit: LIMIT });
    this.count.classList.toggle("over", n > LIMIT);
    const walking = Boolean(session?.total) && session.status === "bot";
    this.doubt.hidden = !walking;
    this.keys.hidden = n >= COUNT_FROM;
  }

  #showFoot({ session, log, protocol, told }) {
    const { t } = this.chat;
    this.quick.hidden = Boolean(session?.total) || isWithPerson(session);
    this.privacy.hidden = Boolean(protocol) || log.some((entry) => entry.by === "customer");
    this.protocol.hidden = !protocol;
    this.copy.textContent = t(told.some(({ key }) => key === "copied") ? "copiedShort" : "copyShort");
    if (this.shown === protocol) return; // replacing it would undo the customer's selection
    this.shown = protocol;
    this.number.textContent = t("protocol", { protocol });
  }

  #announce({ told }) {
    if (!told.length) return;
    const sentences = told.map((part) => (part.by && part.by !== "note" ? `${this.#author(part)}: ` : "") + this.#words(part));
    this.status.textContent = sentences.join(" ");
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#follows) this.newer.hidden = true;
  }

  #toEnd() {
    this.#follows = true;
    this.newer.hidden = true;
    this.#keepSight();
  }

  /** Stay with the newest after anything moved, unless the customer reads further up or the greeting. */
  #keepSight() {
    if (this.#follows && this.#entries.size > 1) this.scroll.scrollTop = this.scroll.scrollHeight;
  }
}

function newId() {
  // not randomUUID: that exists on https only, and people try the page over HTTP at home
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
