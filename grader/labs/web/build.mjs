// Bundle src/lab.ts into ../static/lab.js: one ES module, readable licences of what it contains; and
// src/fields.ts beside it. The built files are committed; CI builds it again and compares bytes.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const options = {
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
  charset: "ascii",
  logLevel: "warning",
};
const result = await build({ ...options, entryPoints: ["src/lab.ts"] });
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
const folder = process.argv[2] ?? join(dirname(import.meta.filename), "../static");
writeFileSync(join(folder, "lab.js"), head + code);
// The page around a lab in a frame: nothing of other packages is in it.
const fields = await build({ ...options, entryPoints: ["src/fields.ts"] });
writeFileSync(join(folder, "fields.js"), `/*! The fields around a lab, of relu-grader (MIT). */\n${fields.outputFiles[0].text}`);
