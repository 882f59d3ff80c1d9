/** The style of the merge page. No image, font or address: the page loads nothing. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --card: #ffffff; --text: #1d2024; --quiet: #5c636d; --line: #e2e3e0; --sunken: #efefec;
  --fail: #c0272d; --unknown: #7a4bc2; --warn: #9a5b00; --ok: #1d7a46; --focus: #2563c9;
  --fail-fill: #d9484d; --unknown-fill: #9a6fdc; --warn-fill: #dd9a2b; --ok-fill: #3d9c67;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121417; --card: #1a1d21; --text: #e4e6e9; --quiet: #9ba3ad; --line: #2c3036; --sunken: #23272c;
    --fail: #ff8a84; --unknown: #c4a3fa; --warn: #e7ac52; --ok: #6fcf99; --focus: #7fb0ff;
    --fail-fill: #d9534f; --unknown-fill: #8f68cc; --warn-fill: #bf8326; --ok-fill: #3b8f62;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 24px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 17px; margin: 0; font-weight: 650; }
p { margin: 0; }
code, .mono { font-family: var(--mono); font-size: .9em; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.small { font-size: 13px; }
.num { font-variant-numeric: tabular-nums; }
.fail { color: var(--fail); } .unknown { color: var(--unknown); } .warn { color: var(--warn); } .ok { color: var(--ok); }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: end; justify-content: space-between; margin-bottom: 18px; }
header .small { text-align: right; }
svg.bar { display: block; width: 100%; height: 8px; border-radius: 4px; background: var(--sunken); }
svg.bar.whole { height: 12px; border-radius: 6px; }
rect.fail { fill: var(--fail-fill); } rect.unknown { fill: var(--unknown-fill); } rect.warn { fill: var(--warn-fill); } rect.ok { fill: var(--ok-fill); } rect.rest { fill: var(--fail-fill); opacity: .45; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 14px 0 28px; }
.tile { font: inherit; color: var(--text); text-align: left; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px 10px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; font-weight: 650; }
.tile.zero b { color: var(--quiet); font-weight: 400; }
.tile .quiet { white-space: nowrap; }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 7px; }
.dot.fail { background: var(--fail-fill); } .dot.unknown { background: var(--unknown-fill); } .dot.warn { background: var(--warn-fill); } .dot.ok { background: var(--ok-fill); }
button.tile { cursor: pointer; }
button.tile:hover { border-color: var(--quiet); }
.tile[aria-pressed=true] { border-color: currentColor; box-shadow: inset 0 0 0 1px currentColor; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 20px; }
.card > .head { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; justify-content: space-between; padding: 14px 18px 10px; }
.pair { display: grid; grid-template-columns: 1fr; gap: 0 20px; align-items: start; }
@media (min-width: 960px) { .pair.two { grid-template-columns: 3fr 2fr; } }
ul { list-style: none; margin: 0; padding: 0; }
.rows > * { border-top: 1px solid var(--line); }
.rows > .rows { border-top: 0; }
.fix { padding: 10px 18px 12px; }
.fix .line { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; align-items: baseline; margin-bottom: 6px; }
.fix .codes { margin: 8px 0 -4px; }
.more > summary { color: var(--quiet); }
.chip { font: 12px/1.4 var(--mono); color: var(--text); background: var(--sunken); border: 0; border-left: 3px solid var(--quiet); border-radius: 3px; padding: 2px 7px; margin: 0 5px 4px 0; display: inline-block; overflow-wrap: anywhere; text-align: left; }
.chip.fail { border-color: var(--fail-fill); } .chip.unknown { border-color: var(--unknown-fill); } .chip.warn { border-color: var(--warn-fill); }
.chip.fail, .chip.unknown, .chip.warn { color: var(--text); }
button.chip { cursor: pointer; }
button.chip:hover { text-decoration: underline; }
.changes li { padding: 8px 18px; overflow-wrap: anywhere; }
.sign { display: inline-block; width: 3.6em; font-weight: 600; }
details > summary { cursor: pointer; list-style: none; padding: 10px 18px; }
details > summary::-webkit-details-marker { display: none; }
details > summary:hover { background: color-mix(in srgb, var(--sunken) 55%, transparent); }
details[open] > summary { background: color-mix(in srgb, var(--sunken) 55%, transparent); }
summary::before { content: ""; flex: none; width: 0; height: 0; border: 5px solid transparent; border-left: 6px solid var(--quiet); border-right: 0; transition: transform .12s; align-self: center; }
details[open] > summary::before { transform: rotate(90deg); }
summary { display: flex; gap: 12px; align-items: center; }
.finding .what { flex: 1 1 auto; min-width: 0; }
.finding .what p { overflow-wrap: anywhere; }
.finding .share { flex: 0 0 150px; }
.finding .count { flex: 0 0 5.5em; text-align: right; }
.word { flex: 0 0 5.6em; font-weight: 600; font-size: 13px; }
.inside { padding: 2px 18px 14px 36px; overflow-wrap: anywhere; }
.inside dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 14px; margin: 6px 0 10px; }
.inside dt { color: var(--quiet); } .inside dd { margin: 0; min-width: 0; }
.names { margin-top: 6px; }
.host { content-visibility: auto; contain-intrinsic-size: auto 46px; }
.host .name { flex: 0 0 200px; min-width: 0; font-weight: 600; overflow-wrap: anywhere; }
.host .chips { flex: 1 1 auto; min-width: 0; margin-bottom: -4px; }
.host .when { flex: none; }
.host li { padding: 6px 0; }
.tools { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; padding: 10px 18px; position: sticky; top: 0; z-index: 1; background: var(--card); border-top: 1px solid var(--line); }
.tools input { flex: 1 1 260px; min-width: 0; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 7px; padding: 7px 11px; }
.tools input::placeholder { color: var(--quiet); opacity: 1; }
.tools output { color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
.none { padding: 18px; color: var(--quiet); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
summary:focus-visible { outline-offset: -2px; }
[hidden] { display: none !important; }
:root:not(.js) .tools { display: none; }
footer { color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
footer p { margin-top: 4px; }
@media (max-width: 700px) {
  main { padding: 18px 14px 40px; }
  h1 { font-size: 25px; }
  header .small { text-align: left; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 10px; }
  summary { flex-wrap: wrap; gap: 4px 10px; }
  .card > .head, .fix, .tools, .changes li, details > summary { padding-left: 14px; padding-right: 14px; }
  .finding .share { display: none; }
  .finding .word { flex: 1 1 auto; }
  .finding .what { flex: 1 0 100%; order: 3; }
  .host .name { flex: 1 1 55%; }
  .host .word { text-align: right; }
  .host .chips { flex: 1 0 100%; order: 3; }
  .host .when { display: none; }
  .inside { padding-left: 14px; padding-right: 14px; }
  .inside dl { grid-template-columns: 1fr; gap: 0; }
  .inside dd { margin-bottom: 6px; }
}
@media (prefers-reduced-motion: reduce) { summary::before { transition: none; } }
@media print { .tools { display: none; } .card { break-inside: auto; } body { background: none; } }
`
