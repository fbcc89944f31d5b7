/** The chat as a pure function `(state, event) -> state`: no DOM, no network, no clock; events bring ids and times. */

/** Longest message, in code points after NFC and trim: the API's limit. */
export const LIMIT = 1000;
/** From here on the customer sees how many characters are left. */
export const COUNT_FROM = 900;

/** What a quick button says to the server: words that every engine knows; the bubble speaks the page's language. */
export const QUICK = {
  person: { text: "Quero falar com um atendente", key: "sayPerson" },
  complain: { text: "Quero reclamar", key: "sayComplain" },
  cancel: { text: "Quero cancelar", key: "sayCancel" },
};

/** Return the `State` (types.d.ts) a page begins with, from what this browser kept. */
export function begin({ session, name, draft, queue }) {
  const opening = session
    ? { id: "resumed", by: "note", key: "resumed", values: { protocol: session.protocol } }
    : { id: "greeting", by: "bot", key: "greeting" };
  return {
    log: [opening, ...queue.map((entry) => ({ ...entry, mark: "queued" }))],
    session,
    name,
    asksName: !session && !name && queue.length === 0,
    draft,
    card: session ? "resumed" : null,
    protocol: session?.protocol ?? "",
    busy: false,
    slow: false,
    online: true,
    trouble: null,
    alert: null,
    told: [],
  };
}

/** Return the customer's messages without an answer, oldest first. */
export function unsent(state) {
  return state.log.filter((entry) => entry.mark === "queued" || entry.mark === "sending");
}

/** Say whether a person has the conversation or was asked for. */
export function isWithPerson(session) {
  return session?.status === "waiting" || session?.status === "human";
}

/** Say whether a person may write at any time, or has written. */
export function isLively(session) {
  return isWithPerson(session) || Boolean(session?.late);
}

/** Return a message's length as the server counts it. */
export function lengthOf(text) {
  return [...text.normalize("NFC").trim()].length;
}

/** Return the state after one event; an event of an unknown type is a bug and throws. */
export function reduce(state, event) {
  return HAPPENINGS[event.type]({ ...state, told: [] }, event);
}

const HAPPENINGS = { named, drafted, said, sending, opened, answered, followed, held, counted, refused, edited, lost, slowed,
  connected, renewed, copied };

function named(state, { name }) {
  const welcome = name
    ? { id: "welcome", by: "bot", key: "welcomeName", values: { name } }
    : { id: "welcome", by: "bot", key: "welcome" };
  return { ...state, name, asksName: false, log: [...state.log, welcome], told: [welcome] };
}

function drafted(state, { text }) {
  return { ...state, draft: text, alert: null };
}

function said(state, event) {
  return event.quick ? saidByButton(state, event) : saidInWords(state, event);
}

function saidByButton(state, { id, at, quick }) {
  const { text, key } = QUICK[quick];
  if (unsent(state).some((entry) => entry.key === key)) return state; // a double click is one request
  return queued(state, { id, at, by: "customer", text, key });
}

function saidInWords(state, { id, at, text, side = false }) {
  const words = text.trim();
  if (!words && unsent(state).length) return state; // a second Enter after the message has left the box
  if (!words) return { ...state, alert: "empty" };
  if (lengthOf(words) > LIMIT) return { ...state, alert: "tooLong" };
  return queued({ ...state, draft: "" }, { id, at, by: "customer", text: words, side });
}

function queued(state, entry) {
  const card = state.card === "resumed" ? null : state.card;
  return { ...state, card, alert: null, asksName: false, log: [...state.log, { ...entry, mark: "queued" }] };
}

function sending(state, { id }) {
  return { ...marked(state, id, { mark: "sending" }), busy: true };
}

function opened(state, { session }) {
  return { ...state, session, name: "" };
}

function answered(state, { id, at, reply }) {
  if (!state.log.some((entry) => entry.id === id)) return state; // the customer began a new conversation meanwhile
  if (isLively(state.session) || state.session?.ahead) return answeredByFeed(state, id, reply);
  const session = { ...state.session, ...reply.session };
  const protocol = session.protocol ?? state.protocol;
  const by = isWithPerson(session) ? "service" : "bot";
  const entry = { id: `re-${id}`, by, text: reply.text, at };
  const log = [...marked(state, id, { mark: "sent" }).log, entry];
  const told = [entry];
  if (protocol !== state.protocol) told.push({ key: "protocol", values: { protocol } });
  return ended({ ...state, log, protocol, told, busy: false, slow: false, trouble: null }, session, reply.final);
}

/** Show the card of what is over; after a closed conversation the next message opens one of its own. */
function ended(state, session, final) {
  const card = cardAfter(session, final);
  const told = card ? [...state.told, { key: card, values: { protocol: state.protocol } }] : state.told;
  return { ...state, card, told, session: card === "closed" ? null : session };
}

/** The answer repeats what the feed has shown. */
function answeredByFeed(state, id, { session: told }) {
  const { seq } = state.session;
  const session = { ...state.session, ...told, seq, late: told.seq > seq ? told.seq : 0, ahead: false };
  return { ...marked(state, id, { mark: "sent" }), session, busy: false, slow: false, trouble: null };
}

function followed(state, { token, feed: { events, seq, status, is_final_step: final, position } }) {
  const was = state.session;
  if (was?.token !== token || seq < was.seq) return state; // of one that was left, or older
  const news = events.filter((one) => one.seq > was.seq && one.role !== "user");
  const entries = news.map(entryOf);
  if (was.status !== "human" && status === "human") entries.unshift({ id: `in-${seq}`, by: "note", key: "joined" });
  const ahead = was.ahead || news.some((one) => !(one.seq <= was.late)); // an answer's own words are no news
  const session = { ...was, seq, status: final ? "ended" : status, position, ahead, late: seq < was.late ? was.late : 0 };
  return ended({ ...state, log: [...state.log, ...entries], told: entries }, session);
}

function entryOf({ seq, author: by, name, content: text, timestamp: at }) {
  return { id: `seq-${seq}-${by}`, by, name, text, at };
}

function cardAfter(session, final) {
  if (session.status === "closed") return "closed";
  if (isWithPerson(session)) return null; // the script may be over, the service is not
  return session.status === "ended" || final ? "ended" : null;
}

function held(state, { id, reason, seconds }) {
  const known = state.trouble?.reason === reason;
  const told = known ? [] : [{ key: reason, values: { s: seconds } }];
  return { ...marked(state, id, { mark: "queued" }), busy: false, slow: false, trouble: { reason, seconds }, told };
}

function counted(state, { seconds }) {
  return state.trouble ? { ...state, trouble: { ...state.trouble, seconds } } : state;
}

function refused(state, { id, message }) {
  const told = [{ key: "refused" }, { text: message }];
  return { ...marked(state, id, { mark: "refused", problem: message }), busy: false, slow: false, trouble: null, told };
}

function edited(state, { id }) {
  const entry = state.log.find((each) => each.id === id);
  return { ...state, draft: entry.text, log: state.log.filter((each) => each.id !== id) };
}

/**
 * The session is gone: typed words go back to the box. A button's request moves once to a conversation of its own,
 * because a person must stay one action away.
 */
function lost(state) {
  const moves = (entry) => entry.key && !entry.moved;
  const back = unsent(state).filter((entry) => !moves(entry));
  const draft = [...back.map((entry) => entry.text), state.draft].filter(Boolean).join("\n");
  const stays = state.log.filter((entry) => !back.includes(entry));
  const log = stays.map((entry) => (entry.mark === "sending" ? { ...entry, mark: "queued", moved: true } : entry));
  const told = [{ key: "lost", values: { protocol: state.protocol } }];
  return { ...state, log, draft, told, session: null, card: "lost", busy: false, slow: false, trouble: null };
}

function slowed(state, { stage }) {
  if (!state.busy) return state;
  return { ...state, slow: stage === "slow", told: [{ key: stage }] };
}

function connected(state, { online }) {
  if (online === state.online) return state;
  const key = online ? "online" : unsent(state).length ? "offline" : "cutOff";
  return { ...state, online, told: [{ key }] };
}

function renewed(state) {
  const welcome = { id: "welcome", by: "bot", key: "welcome" };
  const fresh = begin({ session: null, name: state.name, draft: state.draft, queue: [] });
  return { ...fresh, online: state.online, asksName: false, log: [welcome], told: [welcome] };
}

function copied(state, { ok }) {
  return { ...state, told: [{ key: ok ? "copied" : "select" }] };
}

function marked(state, id, change) {
  return { ...state, log: state.log.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)) };
}
