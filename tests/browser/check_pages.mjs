// The pages in a real browser: check_pages.mjs FOLDER. FOLDER holds answers (reply/ and public/ in sub-folders). check_site.mjs looks at a whole log.
// For each page: no accessibility fault that axe-core finds (WCAG 2.2 AA and best practice), valid HTML, nothing loaded from elsewhere, no script but that of Leave this site, no sideways
// scrolling of the page at 320 pixels, a focus that is seen, and the headings of its tables reach every figure.

import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");

const faults = [];
let checks = 0;
function expect(condition, page, sentence) {
  checks += 1;
  if (!condition) faults.push(`${page}: ${sentence}`);
}

function pagesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith(".html") ? [path] : [];
  });
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // The template engine writes empty lines and long lines; style is not validity.
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // The style sheet is part of the page, so that one file is enough.
    "no-style-tag": "off",
    // A table that scrolls inside the page is a named group, and a section would be one more landmark for each table; the control that leaves is a named region.
    "prefer-native-element": ["error", { exclude: ["group", "region"] }],
  },
});

async function checkValidity(path, name) {
  const report = await validator.validateString(readFileSync(path, "utf8"));
  for (const result of report.results) {
    for (const message of result.messages) expect(false, name, `line ${message.line}: ${message.message} [${message.ruleId}]`);
  }
  expect(report.valid, name, "is not valid HTML");
}

// Every figure has a row heading and a column heading, as assistive technology finds them.
function figuresWithoutHeadings() {
  const orphans = [];
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption || !table.caption.textContent.trim()) orphans.push("a table without a caption");
    const columnHeadings = [...table.tHead.rows].flatMap((row) => [...row.cells]);
    if (!columnHeadings.every((cell) => cell.matches("th[scope]"))) orphans.push("a column heading without scope");
    for (const row of table.tBodies[0].rows) {
      if (!row.cells[0].matches("th[scope=row]")) orphans.push(`a row without a heading: ${row.textContent}`);
      if ([...row.cells].some((cell) => cell.textContent.trim() === "")) orphans.push(`an empty cell: ${row.textContent}`);
    }
  }
  return orphans;
}

async function checkPage(browser, path, name) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(message.text()); });
  await page.goto(pathToFileURL(path).href);
  expect(requests.length === 1, name, `loads something else: ${requests.slice(1).join(", ")}`);
  expect(problems.length === 0, name, `the browser complains: ${problems.join("; ")}`);
  // An answer's page carries one script, that of Leave this site; a letter carries none.
  expect((await page.locator("script").count()) === (name.includes("answer") ? 1 : 0), name, "holds another script than that of Leave this site");
  expect((await page.locator("html[lang]").count()) === 1, name, "names no language");
  for (const orphan of await page.evaluate(figuresWithoutHeadings)) expect(false, name, orphan);

  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => ({ text: document.activeElement.textContent, left: document.activeElement.getBoundingClientRect().left }));
  expect(first.text.startsWith("Skip to") && first.left >= 0, name, `the first Tab shows no skip link but '${first.text}'`);

  await page.setViewportSize({ width: 320, height: 800 });
  const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  expect(overflow <= 0, name, `scrolls sideways by ${overflow} pixels at a width of 320`);

  for (const width of [320, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
    const result = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const violation of result.violations) {
      expect(false, name, `${violation.id} at ${width} pixels: ${violation.help}; ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
    }
    expect(result.passes.length > 10, name, "axe-core checked next to nothing");
  }
  await context.close();
}

// The alarm rings: a page with planted faults has to be found wanting.
async function checkAlarm(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent('<html><head><title>t</title></head><body><img src="data:,"><table><thead><tr><td>a</td></tr></thead><tbody><tr><td></td></tr></tbody></table></body></html>');
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const violations = (await page.evaluate(() => axe.run())).violations.map((violation) => violation.id);
  expect(violations.includes("image-alt"), "alarm", "axe-core does not see an image without a text");
  expect((await page.evaluate(figuresWithoutHeadings)).length === 4, "alarm", "a table without headings is not found");
  await context.close();
}

const folder = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.CANDOUR_CHROMIUM ?? "/usr/bin/chromium", headless: true });
await checkAlarm(browser);
const pages = pagesBelow(folder);
expect(pages.length >= 4, folder, `has ${pages.length} pages only`);
for (const path of pages) {
  await checkValidity(path, relative(folder, path));
  await checkPage(browser, path, relative(folder, path));
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${pages.length} pages, ${checks} checks, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
