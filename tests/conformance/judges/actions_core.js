// GitHub's own writer of annotations. In: [[kind, title, message], ...]. Out: its lines.
const core = require(process.argv[2] + "/node_modules/@actions/core");
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const [kind, title, message] of asked) core[kind](message, { title });
