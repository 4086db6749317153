// Compares the outcomes of the scenarios with the tables in the README: node table.cjs <report> <README>
//
// With UPDATE_TABLE=1 it writes them.
"use strict";
const fs = require("node:fs");

const [report, readme] = process.argv.slice(2);
const START = "<!-- outcomes of the run; UPDATE_TABLE=1 writes them -->";
const rows = fs
  .readFileSync(report, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => line.split("\t"))
  .map(([group, part, name, outcome, why]) => ({ group, part, name, outcome, why }));

/** Returns the values of a key, each once, in the order of their first appearance. */
const each = (list, key) => [...new Set(list.map((row) => row[key]))];
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

function counts(list) {
  const of = (outcome) => list.filter((row) => row.outcome === outcome).length;
  return `${of("pass")} | ${of("expected 501")} | ${of("gap")}`;
}

function overview() {
  const lines = each(rows, "group").map((group) => `| ${group} | ${counts(rows.filter((row) => row.group === group))} |`);
  return ["| | pass | expected 501 | gap |", "|---|---|---|---|", ...lines, `| together | ${counts(rows)} |`];
}

/** Lists the scenarios that pass, and the others with the reason. */
function section(group) {
  const own = rows.filter((row) => row.group === group);
  const lines = each(own, "part").map((part) => {
    const names = own.filter((row) => row.part === part && row.outcome === "pass").map((row) => cell(row.name));
    return `| ${part} | ${names.join("; ")} |`;
  });
  const rest = own.filter((row) => row.outcome !== "pass");
  const reasons = rest.map((row) => `| ${row.outcome} | ${row.part} | ${cell(row.name)} | ${cell(row.why)} |`);
  const why = reasons.length === 0 ? [] : ["", "| | | what does not pass | why |", "|---|---|---|---|", ...reasons];
  return ["", `## ${group}`, "", "| | what passes |", "|---|---|", ...lines.filter((line) => !line.endsWith("|  |")), ...why];
}

const found = [START, "", ...overview(), ...each(rows, "group").flatMap(section), ""].join("\n");
const text = fs.readFileSync(readme, "utf8");
const kept = text.includes(START) ? text.slice(0, text.indexOf(START)) : `${text}\n`;
if (kept + found === text) {
  console.log(`${rows.length} scenarios, as README.md says`);
} else if (process.env.UPDATE_TABLE === "1") {
  fs.writeFileSync(readme, kept + found);
  console.log(`${rows.length} scenarios written to README.md`);
} else {
  const before = new Set(text.split("\n"));
  const after = new Set(found.split("\n"));
  for (const line of before) if (text.includes(START) && !after.has(line) && !kept.includes(line)) console.log(`- ${line}`);
  for (const line of after) if (!before.has(line)) console.log(`+ ${line}`);
  console.log("FAILED: README.md has other outcomes; UPDATE_TABLE=1 writes those of this run");
  process.exit(1);
}
