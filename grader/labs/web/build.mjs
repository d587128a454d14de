// Bundle src/lab.ts into ../static/lab.js: one ES module, readable licences of what it contains.
// The built file is committed; CI builds it again and compares bytes.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const result = await build({
  entryPoints: ["src/lab.ts"],
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
  charset: "ascii",
  logLevel: "warning",
});
// Whoever passes on the page passes on these packages, whose licences ask to be passed on with them.
const used = new Map();
for (const path of Object.keys(result.metafile.inputs)) {
  const found = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path);
  if (found) used.set(found[2], found[1]);
}
const licences = [...used].sort().map(([name, folder]) => {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}`;
});
const [file] = result.outputFiles;
const head = `/*!\nThe lab of relu-grader (MIT). It contains:\n\n${licences.join("\n\n")}\n*/\n`;
// A page carries this text in a script element, which "</script" would end.
const code = file.text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const target = process.argv[2] ?? join(dirname(import.meta.filename), "../static/lab.js");
writeFileSync(target, head + code);
