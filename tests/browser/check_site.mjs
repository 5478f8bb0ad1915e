// A whole disclosure log in a real browser, over http: check_site.mjs SITE. What is shown, each for every page of the sitemap: axe-core finds nothing at WCAG 2.2 AA;
// the security policy holds; no sideways scrolling at 320 pixels and at 400%; all of it works by keyboard, and without scripts. And Leave this site, with the Back button.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");

const site = process.argv[2];
const faults = [];
let checks = 0;
function expect(condition, page, sentence) {
  checks += 1;
  if (!condition) faults.push(`${page}: ${sentence}`);
}

// A step that cannot be made at all ends the test; what was found until then is told.
process.on("uncaughtException", (error) => {
  for (const fault of faults.slice(0, 60)) console.error(fault);
  console.error(`check_site: ${error.message}`);
  process.exit(1);
});

// ---- Two servers: the log, and the page that readers leave for. ----------------------------------------------------------------------------------
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".xml": "application/xml", ".atom": "application/atom+xml", ".csv": "text/csv", ".txt": "text/plain" };
function serve(answer) {
  return new Promise((resolve) => {
    const server = createServer(answer);
    server.listen(0, "127.0.0.1", () => resolve({ server, address: `http://127.0.0.1:${server.address().port}/` }));
  });
}
const elsewhere = await serve((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html" });
  response.end("<!DOCTYPE html><html lang=en><title>Weather</title><p>Sunny spells");
});
const log = await serve((request, response) => {
  const path = join(site, decodeURIComponent(new URL(request.url, "http://log").pathname));
  try {
    let bytes = readFileSync(path);
    // The weather stands here, so that no test reaches the network.
    if (path.endsWith(".html")) bytes = bytes.toString("utf8").replaceAll("https://www.bbc.co.uk/weather", elsewhere.address);
    response.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "application/octet-stream" });
    response.end(bytes);
  } catch {
    response.writeHead(404, { "Content-Type": "text/plain" });
    response.end("not found");
  }
});

function pagesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith(".html") ? [relative(site, path)] : [];
  });
}

const address = "https://northmoor.example/foi/";
const mapped = [...readFileSync(join(site, "sitemap.xml"), "utf8").matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1].replace(address, ""));
const onDisk = pagesBelow(site);
const tombstones = onDisk.filter((page) => readFileSync(join(site, page), "utf8").includes("This answer was taken out"));
expect(JSON.stringify([...mapped, ...tombstones].sort()) === JSON.stringify([...onDisk].sort()), "sitemap.xml", "does not name exactly the pages that are there");
expect(tombstones.length === 1, "site", "has no answer that was taken out");

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "no-trailing-whitespace": "off", "long-title": "off", "no-style-tag": "off", "no-inline-style": "error",
    // The button's own form on a page of results; a table that scrolls is a named group; the control that leaves is a named region.
    "prefer-native-element": ["error", { exclude: ["group", "region", "status", "search"] }],
    "require-sri": "off", "svg-focusable": "off",
  },
});

const browser = await chromium.launch({ executablePath: process.env.CANDOUR_CHROMIUM ?? "/usr/bin/chromium", headless: true,
  args: ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu"] });

// ---- Every page ------------------------------------------------------------------------------------------------------------------------------------
async function checkValidity(name) {
  const report = await validator.validateString(readFileSync(join(site, name), "utf8"));
  for (const result of report.results) for (const message of result.messages) expect(false, name, `line ${message.line}: ${message.message} [${message.ruleId}]`);
  expect(report.valid, name, "is not valid HTML");
}

let pagesWithAxe = 0;
async function checkWithAxe(page, name) {
  await page.goto(log.address + name);
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const result = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const violation of result.violations) expect(false, name, `${violation.id}: ${violation.help}; ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  expect(result.passes.length > 10, name, "axe-core checked next to nothing");
  pagesWithAxe += 1;
}

// No reader of the page can be made to load from elsewhere: the policy itself is asked, and what was loaded is looked at.
async function checkPolicy(page, name, seen) {
  seen.requests.length = 0;
  seen.problems.length = 0;
  await page.goto(log.address + name);
  const foreign = seen.requests.filter((url) => !url.startsWith(log.address));
  expect(foreign.length === 0, name, `loads from elsewhere: ${foreign.join(", ")}`);
  expect(seen.problems.length === 0, name, `the browser complains: ${seen.problems.join("; ")}`);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.planted = true";
    document.head.append(script);
    const style = document.createElement("style");
    style.textContent = "body { outline: 9px solid red }";
    document.head.append(style);
    const outcome = { planted: window.planted === true, styled: getComputedStyle(document.body).outlineWidth === "9px", cookies: document.cookie, kept: localStorage.length + sessionStorage.length };
    script.remove();
    style.remove();
    return outcome;
  });
  expect(!ran.planted && !ran.styled, name, "the policy lets planted code or style pass");
  expect(ran.cookies === "" && ran.kept === 0, name, "keeps something in the browser");
}

async function checkReflow(page, name) {
  for (const [width, height, words] of [[320, 800, "320 pixels"], [320, 256, "400% of 1280 by 1024"]]) {
    await page.setViewportSize({ width, height });
    await page.goto(log.address + name);
    const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    expect(overflow <= 0, name, `scrolls sideways by ${overflow} pixels at ${words}`);
    const left = await page.locator(".leave__button").boundingBox();
    expect(left !== null && left.x >= 0 && left.x + left.width <= width, name, `Leave this site is not to be seen at ${words}`);
  }
}

// All that can be reached by mouse is reached by Tab, in the order of the page, and is seen when it has the focus.
async function checkKeyboard(page, name) {
  await page.goto(log.address + name);
  const reachable = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")].filter((one) => one.checkVisibility()).length);
  const unseen = [];
  for (let step = 0; step < reachable; step += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
      const isSeen = box.width > 1 && box.left >= 0 && box.top >= -1 && box.bottom <= window.innerHeight + 1;
      const isTall = box.height > window.innerHeight - 100;
      const at = document.elementFromPoint(box.left + Math.min(box.width, 4) / 2, box.top + box.height / 2);
      const isCovered = isSeen && at !== null && at !== one && !one.contains(at) && !at.contains(one);
      const hasMark = style.outlineStyle !== "none" || style.boxShadow !== "none";
      return { text: one.textContent.trim().slice(0, 40), body: one === document.body, fault: one === document.body ? "the focus is lost" : (!isSeen && !isTall) ? "is outside the window" : isCovered ? "is covered" : hasMark ? "" : "has no mark" };
    });
    if (step === 0) expect(now.text.startsWith("Skip to"), name, `the first Tab reaches '${now.text}'`);
    if (step === 1) expect(now.text === "Leave this site", name, `the second Tab reaches '${now.text}'`);
    if (now.fault) unseen.push(`${now.text}: ${now.fault}`);
  }
  expect(unseen.length === 0, name, `by keyboard: ${unseen.slice(0, 3).join("; ")}`);
}

async function watchedPage(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { requests: [], problems: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !message.text().includes("favicon") && !message.text().includes("Refused to apply inline style") && !message.text().includes("violates the following Content Security Policy")) seen.problems.push(message.text()); });
  page.on("pageerror", (error) => seen.problems.push(error.message));
  return { context, page, seen };
}

const wide = { viewport: { width: 1200, height: 900 } };
const withAxe = await watchedPage({ ...wide, bypassCSP: true });
const plain = await watchedPage(wide);
const narrow = await watchedPage({ viewport: { width: 320, height: 800 } });
for (const name of onDisk) {
  await checkValidity(name);
  await checkWithAxe(withAxe.page, name);
  await checkPolicy(plain.page, name, plain.seen);
  await checkReflow(narrow.page, name);
}
expect(pagesWithAxe - tombstones.length === mapped.length, "site", `axe looked at ${pagesWithAxe - tombstones.length} pages, the sitemap names ${mapped.length}`);
// One page of each kind by keyboard: they are made from the same templates.
const kindsOfPages = [...new Map(onDisk.map((name) => [name.replace(/foi-[^/]*/, "foi").replace(/(year|outcome|section)-.*/, "$1").replace(/words\/[a-z0-9]{1,2}\.html/, "words/ab").replace(/words\/w-.*/, "words/w"), name])).values(), "index.html"];
for (const name of kindsOfPages) await checkKeyboard(plain.page, name);

// ---- Links lead somewhere --------------------------------------------------------------------------------------------------------------------------
const known = new Set();
for (const name of onDisk) {
  for (const [, href] of readFileSync(join(site, name), "utf8").matchAll(/href="([^"#][^"]*)"/g)) {
    if (/^(https?:|mailto:)/.test(href)) continue;
    known.add(new URL(href.replaceAll("&amp;", "&"), `http://log/${name}`).pathname.slice(1));
  }
}
for (const path of known) expect((() => { try { return statSync(join(site, decodeURIComponent(path))).isFile(); } catch { return false; } })(), path, "a link leads to it and it is not there");

// ---- Without scripts -------------------------------------------------------------------------------------------------------------------------------
{
  const { context, page } = await watchedPage({ ...wide, javaScriptEnabled: false });
  await page.goto(log.address + "index.html");
  expect(!(await page.locator("form").first().isVisible()), "without scripts", "a search form is shown that cannot search");
  await page.getByRole("link", { name: "Find answers by a word" }).click();
  await page.getByRole("link", { name: "Words that begin with h" }).click();
  await page.getByRole("link", { name: "Searches at the harbour" }).first().click();
  expect((await page.locator("h1").textContent()) === "Searches at the harbour", "without scripts", "the index of words does not lead to the answer");
  await page.goto(log.address + "index.html");
  for (const list of ["2024", "Given in part", "Section 22: information intended for future publication"]) {
    await page.goto(log.address + "index.html");
    await page.locator(".side").getByRole("link", { name: list, exact: true }).click();
    expect((await page.locator(".entries li").count()) > 0, "without scripts", `the list '${list}' is empty`);
  }
  await page.locator(".leave__button").click();
  await page.waitForURL(elsewhere.address);
  expect((await page.title()) === "Weather", "without scripts", "Leave this site does not work as a link");
  await context.close();
}

// ---- The search ------------------------------------------------------------------------------------------------------------------------------------
{
  const { context, page, seen } = await watchedPage(wide);
  await page.goto(log.address + "search.html");
  await page.waitForLoadState("networkidle");
  expect(!seen.requests.some((url) => url.includes("/find/")), "search", "loads its index before anybody searches");
  await page.getByLabel("Words", { exact: true }).fill("harbour");
  await page.getByText("1 answer found").waitFor({ timeout: 5000 });
  expect((await page.locator("#results a").getAttribute("href")) === "foi-19-0106/answer.html", "search", "does not find the answer about the harbour");
  await page.getByLabel("Words", { exact: true }).fill("harbor");
  await page.getByText("1 answer found").waitFor({ timeout: 5000 }).catch(() => expect(false, "search", "does not forgive a letter left out"));
  await page.getByLabel("Words", { exact: true }).fill("month");
  await page.getByText("8 answers found").waitFor({ timeout: 5000 });
  await page.getByLabel("Year of the answer").selectOption("2024");
  await page.getByText("1 answer found").waitFor({ timeout: 5000 });
  expect(page.url().includes("year=2024") && page.url().includes("q=month"), "search", "its address does not say what was searched");
  await page.getByLabel("Section relied on").selectOption("foia-31");
  await page.getByText("No answer found").waitFor({ timeout: 5000 });
  await page.goto(log.address + "search.html?section=foia-31");
  await page.getByText("2 answers found").waitFor({ timeout: 5000 }).catch(async () => expect(false, "search", `by section alone: ${await page.locator("#found").textContent()}`));
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") }).catch(() => undefined);
  await context.close();
  const axed = await watchedPage({ ...wide, bypassCSP: true });
  await axed.page.goto(log.address + "search.html?q=month");
  await axed.page.getByText("8 answers found").waitFor({ timeout: 5000 });
  await axed.page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const result = await axed.page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const violation of result.violations) expect(false, "search with results", `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  await axed.context.close();
}

// ---- Leave this site -------------------------------------------------------------------------------------------------------------------------------
async function arrive(path = "foi-19-0106/answer.html") {
  const { context, page } = await watchedPage(wide);
  await page.goto(log.address + "about.html");
  await page.goto(log.address + path);
  return { context, page };
}
async function hasLeft(page) {
  return page.waitForURL(elsewhere.address, { timeout: 3000 }).then(() => true, () => false);
}
async function stays(page, sentence) {
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(page.url().startsWith(log.address), "leave", sentence);
}

for (const [words, act] of [
  ["Escape", (page) => page.keyboard.press("Escape")],
  ["Shift three times", async (page) => { for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift"); }],
  ["the button", (page) => page.locator(".leave__button").click()],
  ["the second link by keyboard", async (page) => { await page.keyboard.press("Tab"); await page.keyboard.press("Tab"); await page.keyboard.press("Enter"); }],
]) {
  const { context, page } = await arrive();
  const before = await page.evaluate(() => history.length);
  await act(page);
  expect(await hasLeft(page), "leave", `${words} does not leave`);
  expect((await page.evaluate(() => history.length)) === before, "leave", `${words} adds to the history`);
  await page.goBack();
  expect(page.url() === log.address + "about.html", "leave", `after ${words}, Back leads to ${page.url()}`);
  await page.goForward();
  expect(page.url() === elsewhere.address, "leave", `after ${words}, Back and Forward lead to ${page.url()}`);
  await context.close();
}
for (const path of ["index.html", "words/index.html", "leaving.html", "search.html", tombstones[0]]) {
  const { context, page } = await arrive(path);
  await page.keyboard.press("Escape");
  expect(await hasLeft(page), "leave", `Escape does not leave ${path}`);
  await context.close();
}
{
  const { context, page } = await arrive("search.html");
  for (const keys of ["Control+Escape", "Alt+Escape", "Meta+Escape", "Shift+Escape"]) await page.keyboard.press(keys).catch(() => undefined);
  await stays(page, "Escape with a modifier leaves");
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  await page.keyboard.press("a");
  await page.keyboard.press("Shift");
  await stays(page, "another key between does not begin the count anew");
  expect((await page.locator(".leave__status").textContent()).includes("2 more times"), "leave", "how many presses are left is not said");
  await page.keyboard.press("b");
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift+A");
  await stays(page, "Shift that is used to write counts");
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<dialog id='d'><p>A dialog</p></dialog>"));
  await page.evaluate(() => document.getElementById("d").showModal());
  await page.keyboard.press("Escape");
  await stays(page, "Escape in a dialog leaves");
  await page.evaluate(() => { document.getElementById("d").close(); document.getElementById("words").focus(); });
  await page.evaluate(() => document.getElementById("words").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true })));
  await page.evaluate(() => document.getElementById("words").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", keyCode: 229, bubbles: true })));
  await stays(page, "Escape during the composition of text leaves");
  await page.evaluate(() => document.documentElement.requestFullscreen()).catch(() => undefined);
  if (await page.evaluate(() => document.fullscreenElement !== null)) {
    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
    await stays(page, "Escape in full screen leaves");
    await page.evaluate(() => document.exitFullscreen());
  } else {
    expect(false, "leave", "full screen could not be tried");
  }
  await page.evaluate(() => document.getElementById("words").focus());
  await page.keyboard.press("Escape");
  expect(await hasLeft(page), "leave", "Escape in an empty field does not leave");
  await context.close();
}
{
  const { context, page } = await arrive();
  await page.clock.install();
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  await page.clock.fastForward(6000);
  await page.keyboard.press("Shift");
  await stays(page, "presses that lie apart are counted together");
  await context.close();
}
{
  // What is on the screen is gone before the other page comes.
  const { context, page } = await arrive();
  const shown = await page.evaluate(() => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    return { hidden: getComputedStyle(document.documentElement).display === "none", title: document.title.trim() };
  });
  expect(shown.hidden && shown.title === "", "leave", "the page is still shown, or its title, while the other one loads");
  await context.close();
}

await browser.close();
log.server.close();
elsewhere.server.close();
for (const fault of faults.slice(0, 60)) console.error(fault);
console.log(`${mapped.length} pages in the sitemap, ${pagesWithAxe} looked at with axe-core (${tombstones.length} of them an answer taken out), ${checks} checks, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
