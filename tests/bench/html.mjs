// How many web pages a second are read: 10,000 pages of 100 KB of one site, by default, each with menus, scripts,
// styles, a sidebar, a list of other articles and an article.
//
//   node tests/bench/html.mjs [--pages 10000] [--size 100000] [--tool target/release/timdoc] [--dir DIR]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const pages = Number(option("pages", 10000));
const size = Number(option("size", 100000));
const tool = option("tool", "target/release/timdoc");
const kept = option("dir", undefined);

const words = ("xã thôn đường cầu bà con hội nghị phong trào xây dựng nông thôn mới thanh niên phụ nữ trường học mùa màng " +
  "sông núi chợ phiên văn hóa thể thao y tế giáo dục môi trường kế hoạch triển khai tổng kết khen thưởng").split(" ");

/** A row of numbers that is the same in each run. */
function numbers(seed) {
  let state = seed * 2654435761 + 1;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % most;
  };
}

function sentence(next, length) {
  const text = Array.from({ length }, () => words[next(words.length)]).join(" ");
  return text[0].toUpperCase() + text.slice(1);
}

const template = readFileSync(new URL("../fixtures/html/nukeviet.html", import.meta.url), "utf8");
const always = numbers(1);
const menu = Array.from({ length: 120 }, (_, n) =>
  `<li class="item-${n}"><a href="/muc/${n}.html" title="Mục ${n}"><span>${sentence(always, 4)}</span></a></li>`).join("\n");

function page(n) {
  const next = numbers(n + 2);
  const title = sentence(next, 12) + " " + n;
  const paragraphs = Array.from({ length: 12 }, () => `<p style="text-align: justify;">${sentence(next, 70)}.</p>`).join("\n");
  const related = Array.from({ length: 10 }, () => `<li><a href="/vi/news/${next(pages)}.html">${sentence(next, 10)}</a></li>`).join("\n");
  const values = {
    title, slug: "bai-viet", n: String(n), category: "Hoạt động xã", lead: sentence(next, 40) + ".", caption: sentence(next, 9),
    author: "Hà Mai", body: paragraphs, related, sidebar: menu,
    date: `Thứ sáu - ${1 + next(28)}/${1 + next(12)}/2024 08:${10 + next(50)}`,
  };
  let html = template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const missing = size - Buffer.byteLength(html);
  if (missing > 100) {
    const line = 'window.dataLayer=window.dataLayer||[];function gtag(){if(a<b&&c>d){dataLayer.push(arguments)}}\n';
    const script = line.repeat(Math.ceil(missing / 3 / line.length));
    const row = '<div class="col-xs-12 col-sm-6"><a class="btn btn-default" href="/lien-ket/1.html"><img src="/uploads/icon.png" width="16"> Liên kết</a></div>\n';
    const rows = row.repeat(Math.ceil((2 * missing) / 3 / Buffer.byteLength(row)));
    html = html.replace("</head>", `<script>${script}</script></head>`).replace("<footer>", `<div class="footer-links">${rows}</div><footer>`);
  }
  return html;
}

const dir = kept ?? mkdtempSync(join(tmpdir(), "timdoc-html-"));
if (!existsSync(dir) || readdirSync(dir).length === 0) {
  for (let n = 0; n < pages; n += 1) {
    const folder = join(dir, String(Math.floor(n / 500)));
    if (n % 500 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `bai-viet-${n}.html`), page(n));
  }
}
const begun = process.hrtime.bigint();
const before = process.resourceUsage();
const ran = spawnSync("/usr/bin/time", ["-f", "%e %U %S %M", tool, "build", dir, "--dry-run", "--json"], { maxBuffer: 1 << 30 });
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
if (ran.status !== 0) throw new Error(String(ran.error ?? ran.stderr));
void before;
const kinds = JSON.parse(ran.stdout).kinds;
const [wall, user, system, kilobytes] = String(ran.stderr).trim().split("\n").at(-1).split(" ").map(Number);
const count = Object.values(kinds).reduce((sum, kind) => sum + kind, 0);
console.log(JSON.stringify({ kinds, seconds: Number(seconds.toFixed(2)), wall, user, system, peak_mb: Math.round(kilobytes / 1024),
  pages_a_second: Math.round(count / wall), pages_a_second_of_processor_on_2: Math.round((2 * count) / (user + system)) }));
if (!kept) rmSync(dir, { recursive: true });
