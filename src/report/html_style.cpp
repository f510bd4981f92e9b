// SPDX-License-Identifier: Apache-2.0
#include "report/html_style.hpp"

namespace steelyard::report {

std::string_view html_style() {
    return R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --page: #f4f3ef; --ink: #1c2126; --soft: #535b63; --line: #d9d6cd; --faint: #eceae3;
  --accent: #0d5c6e; --accent-soft: #e2eef0; --gain: #1f7a5c; --loss: #ad4a1e; --warn: #7a4b00; --warn-soft: #f8efdc;
  --deal: #b3b7ba; --front: #7b8d98;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Lato, Arial, sans-serif;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171b1f; --page: #101316; --ink: #e7e5e0; --soft: #a9b0b6; --line: #3a4148; --faint: #22282d;
    --accent: #7cc9d8; --accent-soft: #1b2f36; --gain: #6cc9a4; --loss: #f0976b; --warn: #ecc27a; --warn-soft: #2e2718;
    --deal: #59626a; --front: #8d9fab;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 var(--sans); overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; top: 0; background: var(--paper); padding: .6rem 1rem; z-index: 2; }
.skip:focus { left: 0; }
.sheet { max-width: 78rem; margin: 0 auto; background: var(--paper); padding: 0 clamp(1rem, 3.6vw, 3rem) 3rem; }
@media (min-width: 78rem) { .sheet { margin: 2rem auto; border: 1px solid var(--line); } }
header { padding: 2.6rem 0 1.4rem; border-bottom: 3px solid var(--ink); }
.kicker { margin: 0 0 .5rem; font-size: .8rem; letter-spacing: .09em; text-transform: uppercase; color: var(--soft); }
h1 { font: 600 clamp(1.75rem, 4.2vw, 2.6rem)/1.15 var(--serif); margin: 0 0 .8rem; text-wrap: balance; }
h2 { font: 600 1.5rem/1.25 var(--serif); margin: 0 0 1rem; }
h3 { font: 600 1.12rem/1.4 var(--sans); margin: 0 0 .6rem; text-wrap: balance; }
h4 { font: 600 .95rem/1.4 var(--sans); margin: 1.5rem 0 .4rem; }
p { margin: 0 0 .8rem; }
ul { margin: 0 0 .8rem; padding-left: 1.15rem; }
li { margin: 0 0 .35rem; }
li::marker { color: var(--soft); }
.lede { max-width: 46rem; color: var(--soft); margin: 0; }
nav { font-size: .9rem; padding-top: 1.6rem; }
nav h2 { font: 600 .8rem/1.4 var(--sans); letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 0 0 .5rem; }
nav ol { margin: 0; padding-left: 1.6rem; }
nav ul { list-style: none; margin: .6rem 0 0; padding: 0; }
nav li { margin: 0 0 .4rem; line-height: 1.4; }
nav a { text-decoration: none; color: var(--ink); }
nav a:hover { text-decoration: underline; color: var(--accent); }
main > section, .body > section { padding-top: 2.4rem; }
.columns { display: grid; gap: 0 2.6rem; grid-template-columns: minmax(0, 1fr); }
.body { min-width: 0; }
@media (min-width: 64rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 14rem; grid-template-rows: auto 1fr; }
  .columns > nav { grid-column: 2; grid-row: 1 / span 2; padding-top: 2.4rem; }
  .columns > nav > div { position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow-y: auto; padding: .2rem 0 .2rem 1.1rem; border-left: 1px solid var(--line); }
  .columns > section, .columns > .body { grid-column: 1; }
}
.short { border: 1px solid var(--line); border-top: 4px solid var(--accent); background: var(--faint); padding: 1.3rem 1.5rem .7rem; }
.short li { max-width: 48rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: .8rem 1.4rem; margin: 0 0 1.2rem; padding: 0 0 1.1rem; border-bottom: 1px solid var(--line); }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dt { font-size: .82rem; line-height: 1.35; color: var(--soft); }
.figures dd { margin: 0; font: 600 1.7rem/1.2 var(--serif); font-variant-numeric: tabular-nums; }
.answer { padding: 1.9rem 0 1.4rem; border-top: 1px solid var(--line); }
.answer:first-of-type { border-top: 0; padding-top: .2rem; }
.answer > h3 { color: var(--soft); font-weight: 500; display: flex; gap: .7rem; }
.answer > h3 .n { color: var(--accent); font-weight: 700; flex: none; min-width: 1.2rem; }
.says { font: 500 1.22rem/1.45 var(--serif); max-width: 47rem; margin: 0 0 1rem; padding-left: 1rem; border-left: 3px solid var(--accent); }
.says p { margin: 0 0 .5rem; }
.says p:last-child { margin: 0; }
.part > p, .part > ul, .rests { max-width: 48rem; }
.tag { display: inline-block; font: 500 .74rem/1.5 var(--sans); padding: .02rem .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); margin-left: .5rem; vertical-align: .08em; }
.change { list-style: none; padding-left: 0; }
.change li { padding-left: 1.15rem; position: relative; }
.change li::before { content: "\2194"; position: absolute; left: 0; color: var(--soft); }
.small { font-size: .9rem; color: var(--soft); }
.label { font: 600 .85rem/1.5 var(--sans); color: var(--soft); margin: .9rem 0 .25rem; }
.missing { background: var(--warn-soft); border-left: 3px solid var(--warn); padding: .55rem .9rem; font-size: .93rem; }
.missing b { color: var(--warn); font-weight: 600; }
.rests { margin-top: 1.1rem; padding: .8rem 1rem; background: var(--faint); font-size: .93rem; }
.rests p { margin: 0 0 .4rem; }
.level { font-weight: 600; }
details { margin: .4rem 0 .6rem; font-size: .93rem; }
summary { cursor: pointer; color: var(--accent); padding: .15rem 0; }
.claims { list-style: none; padding: 0; margin: .4rem 0 0; }
.claims li { padding-left: 2.6rem; position: relative; margin: 0 0 .5rem; line-height: 1.45; }
.claims .ref { position: absolute; left: 0; top: 0; font-variant-numeric: tabular-nums; }
.where { color: var(--soft); font-size: .87em; }
.scroll { overflow-x: auto; margin: .7rem 0 1.1rem; }
table { border-collapse: collapse; font-size: .88rem; line-height: 1.4; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .32rem 1rem .32rem 0; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--soft); vertical-align: bottom; }
tbody th { font-weight: 500; }
td.num, th.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.num { white-space: normal; }
.pictures { display: grid; gap: 2rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); align-items: start; }
figure { margin: 0; min-width: 0; }
.part .pictures { margin: .9rem 0 1.1rem; }
figure > h3, figure > h4 { margin: 0 0 .2rem; font: 600 1rem/1.4 var(--sans); }
figcaption { font-size: .87rem; color: var(--soft); line-height: 1.45; margin: .3rem 0 0; }
svg { display: block; width: 100%; max-width: 35rem; height: auto; margin-top: .5rem; }
svg text { font-family: var(--sans); fill: var(--ink); }
svg .tick, svg .note { font-size: 11.5px; fill: var(--soft); }
svg .label, svg .note { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; stroke-opacity: .8; }
svg .axis { font-size: 11.5px; fill: var(--ink); font-weight: 500; }
svg .label { font-size: 12px; font-weight: 400; }
svg .strong { font-weight: 650; fill: var(--ink); }
svg .cell { font-size: 11.5px; }
svg .grid { stroke: var(--line); stroke-width: .7; }
svg .zero { stroke: var(--ink); stroke-width: 1.1; }
svg .zone { fill: var(--accent-soft); }
svg .no-deal { stroke: var(--loss); stroke-width: 1.3; stroke-dasharray: 5 4; }
svg .no-deal-mark { stroke: var(--loss); stroke-width: 3; }
svg .deal-dots { stroke: var(--deal); stroke-width: 2.6; stroke-linecap: round; fill: none; opacity: .75; }
svg .front-line { fill: none; stroke: var(--front); stroke-width: 1; }
svg .front-dots { stroke: var(--front); stroke-width: 4.4; stroke-linecap: round; fill: none; }
svg .accepted { stroke: var(--accent); stroke-width: 5.2; }
svg .mark { fill: var(--paper); stroke: var(--ink); stroke-width: 1.8; }
svg .balanced { fill: var(--ink); stroke: var(--paper); stroke-width: 1.2; }
svg .leader { stroke: var(--soft); stroke-width: .8; }
svg .gain { fill: var(--gain); }
svg .loss { fill: var(--loss); }
svg .model-dot { fill: var(--accent); stroke: var(--paper); stroke-width: 1; }
svg .position-line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
svg .thin { stroke-width: 1.1; opacity: .7; }
svg .arrow { stroke: var(--accent); stroke-width: 2.4; fill: none; }
svg .other { stroke: var(--loss); }
svg .head { fill: var(--accent); stroke: none; }
svg .other.head { fill: var(--loss); }
svg .node { fill: var(--paper); stroke: var(--ink); stroke-width: 1.4; }
svg .node.fear { fill: var(--front); }
svg .node.stands { fill: var(--ink); }
svg .step { fill: none; stroke: var(--front); stroke-width: 1; }
svg .step.head { fill: var(--front); stroke: none; }
svg .path { stroke: var(--accent); stroke-width: 2.6; }
svg .path.head { fill: var(--accent); }
svg .forced { stroke-dasharray: 5 3; }
svg .branch { stroke: var(--front); stroke-width: 1.2; }
svg .rest { fill: var(--faint); stroke: var(--line); stroke-width: .7; }
svg .share { fill: var(--accent); }
svg .whisker { stroke: var(--soft); stroke-width: 1.3; }
svg .heat { fill: var(--accent); }
svg .cover { stroke: var(--paper); stroke-width: 1; }
svg .claims { fill: var(--accent); }
svg .leaning { fill: var(--front); }
svg .assumed { fill: var(--loss); }
svg .bare { fill: var(--ink); }
svg .thread { fill: none; stroke: var(--front); stroke-width: .8; opacity: .45; }
svg .thread-mark { fill: none; stroke: var(--ink); stroke-width: 1.8; }
svg .balanced-line { stroke: var(--accent); stroke-width: 3.2; }
svg .one { stroke-dasharray: 7 4; }
svg .two { stroke-dasharray: 2 3; }
svg .three { stroke-dasharray: 9 3 2 3; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .8rem 2rem; margin: 0; }
.people dt { font-weight: 600; }
.people dd { margin: 0; font-size: .92rem; color: var(--soft); }
footer { margin-top: 2.6rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }
footer code { font-size: .9em; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  body { font-size: 15.5px; }
  header { padding-top: 1.8rem; }
  .short { padding: 1.1rem 1rem .5rem; }
  .says { font-size: 1.12rem; }
  table { font-size: .84rem; }
}
@page { size: A4; margin: 15mm 15mm 17mm; }
@media print {
  :root { color-scheme: light; --paper: #fff; --page: #fff; --ink: #111; --soft: #454b50; --line: #c9c9c5; --faint: #f5f4f1;
    --accent: #0d5c6e; --accent-soft: #e2eef0; --gain: #1f7a5c; --loss: #ad4a1e; --warn: #7a4b00; --warn-soft: #f8efdc; --deal: #b3b7ba; --front: #7b8d98; }
  body { font-size: 9.5pt; line-height: 1.45; background: #fff; }
  .sheet { max-width: none; margin: 0; padding: 0; border: 0; }
  .skip, nav, figure details, .rests details { display: none; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(6.4rem, 1fr)); }
  .columns { display: block; }
  header { padding-top: 0; }
  h1 { font-size: 21pt; }
  .says { font-size: 12pt; }
  .answer { padding: 1.2rem 0 .8rem; }
  .body > section { padding-top: 1.6rem; }
  h2, h3, h4, caption, .label { break-after: avoid; }
  figure, tr, li, .says, .short, .missing, .rests > p { break-inside: avoid; }
  .pictures { grid-template-columns: 1fr 1fr; gap: 8mm; }
  .scroll { overflow: visible; }
  table { font-size: 8.6pt; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
  svg, .short, .rests, .missing { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  p, li { orphans: 3; widows: 3; }
}
)css";
}

}  // namespace steelyard::report
