// How long a search takes in Chromium, and what a reader loads for it: measure_search.mjs SITE. Prints one JSON document.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const site = process.argv[2];
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };
let loaded = [];
const server = createServer((request, response) => {
  try {
    const path = new URL(request.url, "http://log").pathname, bytes = readFileSync(join(site, path));
    loaded.push({ path, bytes: bytes.length, packed: gzipSync(bytes).length });
    response.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "text/plain" });
    response.end(bytes);
  } catch { response.writeHead(404); response.end(); }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const sum = (list, key) => list.reduce((total, one) => total + one[key], 0);

const browser = await chromium.launch({ executablePath: process.env.CANDOUR_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: ["--disable-gpu"] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/search.html`);
await page.waitForLoadState("networkidle");
const page_load = { bytes: sum(loaded, "bytes"), packed: sum(loaded, "packed") };
loaded = [];
const searches = [];
for (const words of ["potholes", "potholes marsham", "dog", "vehicles overtime selby", "recycling", "cladding inspections", "tenancies evictions norwell", "ambul", "fostring", "parking penalties cameras"]) {
  loaded = [];
  for (const run of ["first", "again"]) {
    await page.evaluate(() => { window.candourSearchTook = undefined; document.getElementById("found").textContent = ""; });
    await page.fill("#words", run === "first" ? words : `${words} `);
    await page.waitForFunction(() => window.candourSearchTook !== undefined && document.getElementById("found").textContent !== "", undefined, { timeout: 60000 });
    await page.waitForLoadState("networkidle");
    const took = await page.evaluate(() => ({ ms: Math.round(window.candourSearchTook * 10) / 10, found: document.getElementById("found").textContent }));
    searches.push({ words, run, ...took, files: run === "first" ? loaded.length : 0, bytes: run === "first" ? sum(loaded, "bytes") : 0, packed: run === "first" ? sum(loaded, "packed") : 0 });
  }
}
await browser.close();
server.close();
console.log(JSON.stringify({ page_load, searches }, null, 1));
