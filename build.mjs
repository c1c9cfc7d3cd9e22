// Builds static/build/: the style sheets, the typeface, and a bundle of each module in static/js/.
//
//   npm run build        once
//   npm run watch        again whenever a source changes
//
// Sizes (gzipped) are printed, and the build fails where a budget is broken: a ballot must open on
// a five-year-old phone with bad reception.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const BUILT = "static/build";
// Made beside it and swapped in whole, so that a running server always finds its styles.
const OUT = "static/build.new";
const FONT = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next";
const BUDGETS = { "site.css": 20_000, "site.js": 4_000 };

// site.scss is every page's; a room with much of its own has a sheet that only its pages load.
function styles() {
  for (const name of readdirSync("static/css").filter((one) => /^[^_].*\.scss$/.test(one))) {
    const { css } = compile(`static/css/${name}`, {
      style: "compressed",
      charset: false,
      loadPaths: ["node_modules/govuk-frontend/dist"],
      quietDeps: true,
    });
    writeFileSync(`${OUT}/${name.replace(".scss", ".css")}`, css);
  }
}

function typeface() {
  mkdirSync(`${OUT}/fonts`, { recursive: true });
  for (const part of ["latin", "latin-ext"]) {
    copyFileSync(`${FONT}-${part}-wght-normal.woff2`, `${OUT}/fonts/atkinson-${part}.woff2`);
  }
}

async function modules() {
  await build({
    entryPoints: readdirSync("static/js").filter((name) => name.endsWith(".js")).map((name) => `static/js/${name}`),
    outdir: OUT,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2020",
    chunkNames: "part-[hash]",
    legalComments: "none",
    // Leaflet's sheet names pictures of its own that our maps never show.
    loader: { ".png": "dataurl" },
    logLevel: "warning",
  });
}

function report() {
  const tooBig = [];
  for (const name of readdirSync(OUT).sort()) {
    if (!/\.(css|js)$/.test(name)) continue;
    const packed = gzipSync(readFileSync(`${OUT}/${name}`), { level: 9 });
    writeFileSync(`${OUT}/${name}.gz`, packed);
    const bytes = packed.length;
    console.log(`${String(bytes).padStart(7)} bytes gzipped  ${name}`);
    if (bytes > (BUDGETS[name] ?? Infinity)) tooBig.push(`${name} is over its ${BUDGETS[name]} bytes`);
  }
  return tooBig;
}

async function all() {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  styles();
  typeface();
  await modules();
  const tooBig = report();
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(OUT, BUILT);
  return tooBig;
}

const tooBig = await all();
if (process.argv.includes("--watch")) {
  let waiting;
  for (const folder of ["static/css", "static/js"]) {
    watch(folder, () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => all().catch((error) => console.error(error.message)), 100);
    });
  }
} else if (tooBig.length) {
  console.error(tooBig.join("\n"));
  process.exit(1);
}
