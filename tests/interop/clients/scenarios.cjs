// Runs scenarios and prints the outcome of each: one line a scenario, `outcome  name`.
//
//     pass            the client returned what its documentation, or Dataverse's, says
//     expected 501    the emulator does not have it, and answers 501
//     gap             the answer is not the documented one; the scenario says why
//
// A scenario that is marked as a gap and passes is reported as a pass. The outcomes are appended to the file that REPORT
// names, which `table.cjs` compares with the README.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");

/** Collects the scenarios of one file. `group` is the client or "samples", `part` the subject of the file. */
function scenarios(group, part) {
  const all = [];
  const add = (kind) => (name, ...rest) => {
    const [why, work] = rest.length === 1 ? ["", rest[0]] : rest;
    all.push({ kind, name, why, work });
  };
  return { pass: add("pass"), absent: add("expected 501"), gap: add("gap"), run: () => run(group, part, all) };
}

async function run(group, part, all) {
  let failures = 0;
  for (const { kind, name, why, work } of all) {
    let error;
    try {
      await (kind === "expected 501" ? refused(501, work) : work());
    } catch (thrown) {
      error = thrown;
    }
    const outcome = kind === "gap" && !error ? "pass" : kind;
    if (error && kind !== "gap") {
      failures += 1;
      console.log(`FAILED        ${part}: ${name}`);
      console.log(error);
      continue;
    }
    console.log(`${outcome.padEnd(12)}  ${part}: ${name}`);
    if (kind === "gap") console.log(error ? `              ${firstLine(error)}` : "              no longer a gap: unmark it");
    report([group, part, name, outcome, outcome === "pass" ? "" : why]);
  }
  if (failures > 0) {
    console.log(`FAILED: ${failures} of ${all.length} scenarios`);
    process.exit(1);
  }
}

function firstLine(error) {
  return String(error.message ?? error).split("\n").slice(0, 4).join(" | ").slice(0, 300);
}

function report(row) {
  if (process.env.REPORT) fs.appendFileSync(process.env.REPORT, `${row.join("\t")}\n`);
}

/** Asserts that a call is refused with a status and a message; returns the error or the answer. */
async function refused(status, work) {
  let result;
  try {
    result = await work();
  } catch (error) {
    assert.equal(error.status, status, `${error.status}: ${error.message}`);
    assert.ok(error.message, "an error has words");
    return error;
  }
  if (result?.status === status) return result;
  throw new assert.AssertionError({ message: `not refused with ${status}: ${JSON.stringify(result)}` });
}

module.exports = { scenarios, refused };
