/** The colours of the window, dark and light; everything else is laid out for a phone first. */
export const STYLE = `
:root {
  color-scheme: dark light;
  --c0: #0b0b0c; --c1: #131315; --c2: #19191c; --c3: #212125; --c4: #2b2b30; --line: #26262a; --line-strong: #36363c;
  --t1: #f0f0f2; --t2: #b4b5bc; --t3: #93959e; --accent: #5aa2ff; --well: #08080a;
}
@media (prefers-color-scheme: light) {
  :root {
    --c0: #e9e9ec; --c1: #f7f7f8; --c2: #ffffff; --c3: #efeff1; --c4: #e3e3e7; --line: #e2e2e6; --line-strong: #cfcfd5;
    --t1: #17171a; --t2: #4c4d55; --t3: #5f616b; --accent: #1463c4; --well: #d8d8db;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--c1); color: var(--t1);
  font: 13px/18px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
.brand { margin: 0; padding: 12px 20px; border-bottom: 1px solid var(--line); color: var(--t2); font-weight: 600; }
main { max-width: 1320px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { margin: 0; font-size: 24px; line-height: 30px; font-weight: 600; letter-spacing: -0.02em; overflow-wrap: anywhere; }
.facts { margin: 4px 0 0; color: var(--t3); font-size: 12px; line-height: 16px; }
.description { margin: 12px 0 0; max-width: 70ch; color: var(--t2); white-space: pre-line; overflow-wrap: anywhere; }
.empty { margin: 32px 0 0; color: var(--t2); }
.grid {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr)); gap: 20px 14px;
  margin: 24px 0 0; padding: 0; list-style: none;
}
.card { display: block; color: inherit; text-decoration: none; }
.picture {
  position: relative; display: flex; align-items: center; justify-content: center; overflow: hidden;
  aspect-ratio: 16 / 9; border-radius: 6px; background: #000;
}
.picture img { width: 100%; height: 100%; object-fit: contain; }
.picture.bare { background: var(--c3); color: var(--t3); font-size: 12px; }
.badge {
  position: absolute; right: 6px; bottom: 6px; padding: 2px 6px; border-radius: 3px;
  background: rgba(8, 8, 10, 0.78); color: #f2f2f4; font-size: 11px; line-height: 14px; font-weight: 500;
}
.name { display: block; margin-top: 8px; font-weight: 500; overflow-wrap: anywhere; }
.note { display: block; color: var(--t3); font-size: 12px; line-height: 16px; overflow-wrap: anywhere; }
/* Each text has a direction of its own and turns round nothing beside it. */
h1, h2, .name, .note, .description, .about p { unicode-bidi: plaintext; }
a.card:hover .name { color: var(--accent); }
.pages { display: flex; gap: 16px; align-items: center; margin-top: 32px; color: var(--t3); }
.pages a { padding: 6px 0; color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
dialog {
  width: 100vw; height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0;
  background: var(--well); color: var(--t1);
}
dialog[open] { display: flex; flex-direction: column; }
dialog:focus-visible { outline: none; }
.stage { flex: 1; min-height: 0; display: flex; align-items: center; justify-content: center; }
.stage video, .stage img { width: 100%; height: 100%; object-fit: contain; }
/* The controls shade its lower edge: anything but black would show that. */
.stage video { background: #000; }
.bar {
  display: flex; align-items: center; gap: 12px; padding: 10px 16px;
  border-top: 1px solid var(--line); background: var(--c1);
}
.about { flex: 1; min-width: 0; }
.about h2 { margin: 0; font-size: 14px; line-height: 20px; font-weight: 600; overflow-wrap: anywhere; }
.about p { margin: 0; color: var(--t3); font-size: 12px; line-height: 16px; overflow-wrap: anywhere; }
button {
  min-height: 36px; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: 6px;
  background: var(--c3); color: var(--t1); font: inherit; font-weight: 500; cursor: pointer;
}
button:hover { background: var(--c4); }
button:disabled { color: var(--t3); cursor: default; }
@media (max-width: 560px) {
  .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .bar { flex-wrap: wrap; }
  .about { flex-basis: 100%; }
  .bar button { flex: 1; min-height: 44px; }
}
`
