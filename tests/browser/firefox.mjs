// Drive Firefox: node firefox.mjs ADDRESS ROAD prints as JSON what the road has seen, and what is kept after a reload.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [address, road] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true });
const page = await browser.newPage();
await page.goto(address);
await page.evaluate(`void (${readFileSync(road)})().then((seen) => { window.seen = seen }, (error) => { window.seen = { failed: String(error) } })`);
const seen = await (await page.waitForFunction("window.seen", { timeout: 300_000, polling: 500 })).jsonValue();
await page.reload();
const kept = await page.evaluate("document.querySelector('[data-name=hat] textarea')?.value");
console.log(JSON.stringify({ ...seen, kept }));
await browser.close();
