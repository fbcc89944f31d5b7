/** How the chat looks: one constructed sheet, so that a host page needs no `unsafe-inline`. Colours are `--rt-*`. */

const CSS = `
:host {
  --rt-accent: #0b5f56; --rt-on-accent: #ffffff; --rt-tint: #e3f0ed;
  --rt-surface: #ffffff; --rt-raised: #f1f5f4; --rt-text: #15211f; --rt-quiet: #4c5b58;
  --rt-control: #75847f; --rt-line: #dbe3e1; --rt-focus: #0b5f56;
  --rt-warn: #fff3d6; --rt-on-warn: #533900; --rt-error: #a1232b;
  --rt-radius: 20px; --rt-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  box-sizing: border-box; color-scheme: light dark; display: block; inline-size: 100%; block-size: var(--rt-height, 100dvh);
}
@media (prefers-color-scheme: dark) {
  :host {
    --rt-accent: #76d6c6; --rt-on-accent: #05231f; --rt-tint: #17322e;
    --rt-surface: #131b1a; --rt-raised: #1e2927; --rt-text: #e8efed; --rt-quiet: #a9b8b4;
    --rt-control: #71827d; --rt-line: #2b3836; --rt-focus: #76d6c6;
    --rt-warn: #3a2e12; --rt-on-warn: #ffe0a3; --rt-error: #ff9f9a;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h1 { margin: 0; }
.unseen, .bot + .bot .author, .service + .service .author, .customer .author {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
}

.chat {
  position: relative; display: flex; flex-direction: column; block-size: 100%; max-inline-size: 760px;
  margin-inline: auto; overflow: hidden; background: var(--rt-surface); color: var(--rt-text);
  font: 1rem/1.5 var(--rt-font); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
}

button, select, input, textarea { font: inherit; color: inherit; min-block-size: 44px; }
button, select {
  border: 1px solid var(--rt-control); border-radius: 22px; background: var(--rt-surface); padding: 6px 16px;
  cursor: pointer; font-weight: 550; line-height: 1.25; touch-action: manipulation;
}
button:hover, select:hover { background: var(--rt-raised); }
button:active { background: var(--rt-line); }
button.main { border-color: var(--rt-accent); background: var(--rt-accent); color: var(--rt-on-accent); }
button.main:hover { background: color-mix(in srgb, var(--rt-accent) 88%, var(--rt-text)); }
input, textarea {
  inline-size: 100%; border: 1px solid var(--rt-control); border-radius: 12px; background: var(--rt-surface); padding: 9px 12px;
}
:focus-visible { outline: 3px solid var(--rt-focus); outline-offset: 2px; }
a { color: var(--rt-accent); }
svg { inline-size: 20px; block-size: 20px; fill: currentColor; flex: none; }

header {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; padding: 12px 16px;
  padding-block-start: max(12px, env(safe-area-inset-top)); border-block-end: 1px solid var(--rt-line);
}
.mark {
  display: grid; place-items: center; inline-size: 44px; block-size: 44px; border-radius: 14px; flex: none;
  background: var(--rt-accent); color: var(--rt-on-accent);
}
.mark svg { inline-size: 24px; block-size: 24px; }
.who { flex: 1 1 8em; min-inline-size: 0; }
h1 { font-size: 1.0625rem; line-height: 1.3; font-weight: 650; overflow-wrap: normal; }
.who p { color: var(--rt-quiet); font-size: .875rem; line-height: 1.35; }
header select { flex: none; padding-inline: 10px 4px; font-size: .875rem; border-color: transparent; }
.person { flex: none; border-color: var(--rt-accent); color: var(--rt-accent); }
.chip {
  display: flex; align-items: center; min-block-size: 44px; padding: 6px 16px; border-radius: 22px;
  background: var(--rt-tint); color: var(--rt-text); font-weight: 550; line-height: 1.25;
}
.progress { flex: 1 0 100%; display: grid; gap: 4px; }
.progress label { color: var(--rt-quiet); font-size: .875rem; font-variant-numeric: tabular-nums; }
progress { appearance: none; inline-size: 100%; block-size: 8px; border: 1px solid var(--rt-control); border-radius: 4px; background: var(--rt-surface); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--rt-surface); }
progress::-webkit-progress-value { background: var(--rt-accent); border-radius: 3px; }
progress::-moz-progress-bar { background: var(--rt-accent); border-radius: 3px; }

.banner {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 8px 16px;
  background: var(--rt-warn); color: var(--rt-on-warn); font-size: .9375rem;
}
.banner p { flex: 1 1 14em; padding-block: 4px; }
.banner button { background: transparent; border-color: currentColor; }

.middle { position: relative; flex: 1 1 0; min-block-size: 8em; }
.scroll { block-size: 100%; overflow-y: auto; overscroll-behavior: contain; padding: 20px 16px; scrollbar-width: thin; }
.log { display: flex; flex-direction: column; gap: 12px; border-radius: 12px; }
.entry { max-inline-size: min(88%, 32em); align-self: flex-start; }
.author { color: var(--rt-quiet); font-size: .8125rem; margin: 0 0 4px 4px; }
.text { white-space: pre-wrap; padding: 10px 14px; border-radius: 4px var(--rt-radius) var(--rt-radius); background: var(--rt-raised); }
.customer { align-self: flex-end; }
.customer .text {
  background: var(--rt-accent); color: var(--rt-on-accent); border-radius: var(--rt-radius) var(--rt-radius) 4px; inline-size: fit-content; margin-inline-start: auto;
}
.service .text, .human .text { background: var(--rt-tint); }
.note { align-self: center; max-inline-size: 34em; text-align: center; }
.note .text { background: none; color: var(--rt-quiet); font-size: .875rem; padding-block: 2px; }
.meta { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin: 3px 6px 0; color: var(--rt-quiet); font-size: .75rem; }
.customer .meta { justify-content: flex-end; }
.meta:empty { display: none; }
.refused .text { background: transparent; color: inherit; border: 2px dashed var(--rt-error); }
.refused .meta { color: var(--rt-error); font-size: .875rem; }
.refused .meta button { color: var(--rt-text); }

.dots { display: flex; align-items: center; gap: 5px; min-block-size: 44px; margin-block-start: 8px; padding-inline: 6px; color: var(--rt-quiet); font-size: .875rem; }
.dots i { inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--rt-control); animation: breathe 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .15s; }
.dots i:nth-child(3) { animation-delay: .3s; }
.dots span { margin-inline-start: 6px; }
@keyframes breathe { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }

.card {
  display: grid; gap: 10px; margin-block-start: 16px; padding: 16px; max-inline-size: 28em;
  border: 1px solid var(--rt-line); border-radius: 16px; background: var(--rt-surface);
}
div.card { margin-inline: auto; justify-items: center; text-align: center; text-wrap: balance; }
.card label { font-size: .9375rem; font-weight: 550; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.newer {
  position: absolute; inset-block-end: 10px; inset-inline: 0; inline-size: fit-content; margin-inline: auto;
  box-shadow: 0 4px 16px rgb(0 0 0 / .22);
}

footer { display: grid; gap: 8px; padding: 10px 16px; padding-block-end: max(10px, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--rt-line); }
.quick { display: flex; flex-wrap: wrap; gap: 8px; }
.composer { display: grid; grid-template-columns: 1fr auto; gap: 6px 8px; align-items: end; }
.composer > label, #alert, .composer .row { grid-column: 1 / -1; }
.composer label { font-size: .875rem; color: var(--rt-quiet); }
textarea { display: block; resize: none; field-sizing: content; max-block-size: 7.5em; border-radius: 16px; padding: 9px 14px; }
textarea:focus-visible { outline-width: 2px; outline-offset: 0; border-color: var(--rt-focus); }
textarea[aria-invalid="true"] { border: 2px solid var(--rt-error); }
#alert { color: var(--rt-error); font-size: .9375rem; }
#alert:empty { margin-block-end: -6px; } /* rendered, so that its first words are announced */
.doubt { font-size: .9375rem; }
.keys { color: var(--rt-quiet); font-size: .8125rem; }
#count { color: var(--rt-quiet); font-size: .875rem; font-variant-numeric: tabular-nums; margin-inline-start: auto; }
#count.over { color: var(--rt-error); font-weight: 600; }
.send { display: inline-flex; align-items: center; gap: 8px; padding-inline: 18px 14px; }
.small { color: var(--rt-quiet); font-size: .8125rem; }
.protocol { display: flex; flex-wrap: wrap; align-items: center; gap: 0 4px; font-variant-numeric: tabular-nums; }
.protocol button { border-color: transparent; color: var(--rt-accent); padding-inline: 10px; }

@media (pointer: coarse) { .keys { display: none; } }
@media (max-width: 479px) {
  header, .scroll, footer { padding-inline: 12px; }
  .mark, .who p, .keys { display: none; }
  .who { flex: 1 1 5em; }
  h1 { font-size: 1rem; }
  .person, .chip { max-inline-size: 9.5em; font-size: .9375rem; line-height: 1.15; padding-inline: 14px; text-wrap: balance; }
  .send span { position: absolute; clip-path: inset(50%); }
  .send { padding: 0; inline-size: 44px; justify-content: center; }
}
@media (max-height: 480px) {
  .chat { overflow-y: auto; }
  .middle { flex: 1 0 12em; }
}
@media (min-width: 800px) and (min-height: 640px) {
  :host { padding-block: 24px; }
  .chat { border: 1px solid var(--rt-line); border-radius: 24px; box-shadow: 0 16px 48px rgb(10 40 36 / .10); }
  header, .scroll, footer, .banner { padding-inline: 24px; }
}
@media (prefers-contrast: more) { :host { --rt-quiet: var(--rt-text); --rt-line: var(--rt-control); } }
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; } }
@media (forced-colors: active) {
  .text, .card, .chip, .mark { border: 1px solid CanvasText; }
  progress::-webkit-progress-value { background: Highlight; forced-color-adjust: none; }
  svg { fill: ButtonText; }
}
`;

/** Return a new sheet for one shadow root. */
export function sheet() {
  const made = new CSSStyleSheet();
  made.replaceSync(CSS);
  return made;
}
