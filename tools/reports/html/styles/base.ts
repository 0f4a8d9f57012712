/** Colors, light and dark, and what every element starts from. */
export const baseStyles = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --surface: #fff; --sunken: #f1f1ec; --line: #dcdcd4; --text: #1b1d21; --quiet: #575c65;
  --link: #0a4f94; --focus: #0a5fb4;
  --passed: #0b6b3f; --failed: #b3261e; --warned: #8a5300; --known: #6d4a86; --unsettled: #4f46b5; --absent: #5c626c;
  --passed-tint: #e5f3eb; --failed-tint: #fdebe9; --warned-tint: #fcf1dc; --known-tint: #f4ecf8;
  --unsettled-tint: #ecebfb; --absent-tint: #efefeb;
  --mark-expected: #cfeedd; --mark-actual: #ffd3ce;
  --banner-passed: #0b5d38; --banner-failed: #8f1f19; --banner-unsettled: #6b4700; --banner-neutral: #1d3f63;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121316; --surface: #1a1c20; --sunken: #141518; --line: #32353c; --text: #e9e9e6; --quiet: #a6abb5;
    --link: #8cc2ff; --focus: #8cc2ff;
    --passed: #6fd39c; --failed: #ff9188; --warned: #f3bd5b; --known: #d6aef0; --unsettled: #b9b1ff; --absent: #a6abb5;
    --passed-tint: #16291f; --failed-tint: #331b1a; --warned-tint: #2f2614; --known-tint: #2a2130;
    --unsettled-tint: #232140; --absent-tint: #23252a;
    --mark-expected: #1f4a34; --mark-actual: #6a2a26;
    --banner-passed: #0c4a2e; --banner-failed: #6f1b17; --banner-unsettled: #543900; --banner-neutral: #17324f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 400 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
.inside, main { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; line-height: 1.3; margin: 0 0 .6rem; }
p { margin: 0; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .meta code { font-family: var(--mono); font-size: .86em; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--surface); z-index: 2; }
.skip:focus { top: 1rem; }
footer { border-top: 1px solid var(--line); padding: 1.5rem 0 2.5rem; color: var(--quiet); font-size: .88rem; }
@media (prefers-reduced-motion: no-preference) { summary::after { transition: transform .15s; } }
`;
