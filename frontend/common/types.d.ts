/** The shapes that the chat's files hand to each other. Never loaded by a page: for people, editors and checkers. */

/** What the page knows of a conversation. */
export interface Session {
  token?: string;
  protocol?: string;
  status?: string;
  step?: number;
  total?: number;
  /** The last event that the page has shown. */
  seq?: number;
  /** An event up to which there is more to show; 0 or absent: none. */
  late?: number;
  /** Whether the feed has shown words that the next answer would repeat. */
  ahead?: boolean;
  /** The place in the queue, 1 is next. */
  position?: number | null;
}

/** What became of one POST; `seconds` is what the server asked for in Retry-After. */
export type Outcome =
  | { kind: "answer"; text: string; final: boolean; session: Session }
  | { kind: "wait"; reason: "offline" | "late" | "limited" | "down" | "running"; seconds: number | null }
  | { kind: "refused"; message: string }
  | { kind: "lost" };

/** What became of one look at the feed; `status` 0: no answer. */
export interface Look {
  status: number;
  tag?: string | null;
  feed: { events: Said[]; seq: number; status: string; owner: string; is_final_step: boolean; position: number | null } | null;
}

/** One thing said, as the feed tells it. */
export interface Said {
  seq: number;
  role: "user" | "assistant";
  author: "customer" | "bot" | "human";
  name: string | null;
  content: string;
  timestamp: string;
}

/** One line of the log; `key` instead of `text` where the page itself speaks, so that it follows a change of language. */
export interface Entry {
  id: string;
  by: "customer" | "bot" | "human" | "service" | "note";
  name?: string | null;
  text?: string;
  key?: string;
  values?: object;
  at?: number | string;
  side?: boolean;
  mark?: "queued" | "sending" | "sent" | "refused";
  problem?: string;
}

/** Everything the view draws. */
export interface State {
  log: Entry[];
  session: Session | null;
  name: string;
  asksName: boolean;
  draft: string;
  card: null | "resumed" | "ended" | "closed" | "lost";
  protocol: string;
  busy: boolean;
  slow: boolean;
  online: boolean;
  trouble: null | { reason: string; seconds: number };
  /** The key of what is wrong with the box. */
  alert: null | string;
  /** What a screen reader should say now. */
  told: { text?: string; key?: string; by?: string; values?: object }[];
}

/** What the parts of one chat share. */
export interface Chat {
  api: string;
  /** Where the page is drawn. */
  root: () => ShadowRoot;
  state: () => State;
  dispatch: (event: object) => void;
  t: () => (key: string, values?: object) => string;
  lang: () => string;
}

/** What the page of a chat is given. */
export interface Shown {
  t: (key: string, values?: object) => string;
  lang: string;
  title: string | null;
  privacy: string | null;
  dispatch: (event: object) => void;
  retry: () => void;
  speak: (lang: string) => void;
}
