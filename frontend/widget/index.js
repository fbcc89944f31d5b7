/** Defines `<roteiro-chat>`: puts its parts together; decides nothing itself. */

import { chooseLanguage, loadTexts } from "../common/i18n.js";
import { Outbox } from "./outbox.js";
import { begin, isLively, reduce } from "./state.js";
import { Store } from "./store.js";
import { View } from "./view.js";

const AGAIN_MS = 2_000; // until a file that did not come is asked for again

/**
 * The chat. Attributes: `api` (base address, default this origin), `lang`, `name` (whose chat it is) and `privacy`
 * (address of the notice). It fills the box it is put in; what stands inside the tag is shown without JavaScript.
 */
class RoteiroChat extends HTMLElement {
  #state;
  #store;
  #chat;
  #outbox;
  #follower;
  #view;
  #t;
  #lang;

  async connectedCallback() {
    if (this.#store) return; // moved within the page: go on as before
    const api = this.getAttribute("api") ?? "";
    this.#store = new Store(api);
    this.#state = begin(this.#store.load());
    this.#chat = {
      api,
      root: () => this.shadowRoot,
      state: () => this.#state,
      dispatch: (event) => this.#dispatch(event),
      t: () => this.#t,
      lang: () => this.#lang,
    };
    this.#outbox = new Outbox(this.#chat);
    const page = document.documentElement.lang;
    await this.#speak(chooseLanguage(this.#store.language, this.getAttribute("lang"), page, navigator.language));
    this.#watchConnection();
    this.#makeRoomForKeyboard();
    document.addEventListener("visibilitychange", () => this.#follow(!document.hidden));
    this.#outbox.deliver();
    this.#follow(true);
  }

  #dispatch(event) {
    this.#state = reduce(this.#state, event);
    this.#store.keep(this.#state);
    this.#view.show(this.#state);
    this.#outbox.deliver();
    this.#follow(event.type === "answered" && isLively(this.#state.session));
  }

  /** Have read what the desk says; how is loaded after the first answer. */
  #follow(now) {
    if (!this.#state.session?.seq) return;
    this.#follower ??= import("./follower.js").then(({ Follower }) => new Follower(this.#chat));
    this.#follower.then((follower) => follower.plan(now), () => {
      this.#follower = null;
      setTimeout(() => this.#follow(true), AGAIN_MS);
    });
  }

  async #speak(lang) {
    this.#t = await loadTexts(lang);
    this.#lang = lang;
    this.#view = new View(this.shadowRoot ?? this.attachShadow({ mode: "open" }), {
      t: this.#t,
      lang,
      title: this.getAttribute("name"),
      privacy: this.getAttribute("privacy"),
      dispatch: (event) => this.#dispatch(event),
      retry: () => this.#outbox.wake(),
      speak: (chosen) => this.#change(chosen),
    });
    this.#view.show(this.#state);
  }

  async #change(lang) {
    this.#store.language = lang;
    await this.#speak(lang);
    this.#view.focusLanguage();
  }

  #watchConnection() {
    const told = () => this.#dispatch({ type: "connected", online: navigator.onLine });
    window.addEventListener("offline", told);
    window.addEventListener("online", () => {
      told();
      this.#outbox.wake();
    });
    told();
  }

  /** iOS lays its keyboard over the page instead of shrinking it; a pinch zoom (scale above 1) is no keyboard. */
  #makeRoomForKeyboard() {
    const seen = window.visualViewport;
    seen.addEventListener("resize", () => {
      if (seen.scale === 1) this.style.setProperty("--rt-height", `${seen.height}px`);
    });
  }
}

customElements.define("roteiro-chat", RoteiroChat);
