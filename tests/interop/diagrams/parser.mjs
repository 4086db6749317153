// Parses the golden diagrams with Mermaid, and compares tables, labels, columns and relationships.
//
//     node parser.mjs <directory with library.mmd and hostile.mmd>

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { JSDOM } from "jsdom";

const page = new JSDOM("<!doctype html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");

// What a browser shows: Mermaid keeps `#34;` as `ﬂ°°34¶ß` until it draws.
const shown = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

async function parsed(file) {
  const text = fs.readFileSync(file, "utf8");
  await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const entities = [...diagram.db.getEntities().values()];
  const names = new Map(entities.map((entity) => [entity.id, entity.label]));
  return {
    labels: Object.fromEntries(entities.map((entity) => [entity.label, shown(entity.alias)])),
    columns: Object.fromEntries(entities.map((entity) => [
      entity.label,
      entity.attributes.map(({ type, name, keys = [], comment }) => [type, name, ...keys, ...(comment ? [comment] : [])].join(" ")),
    ])),
    lines: diagram.db.getRelationships().map(({ entityA, entityB, roleA, relSpec }) =>
      [names.get(entityA), relSpec.cardB, relSpec.cardA, names.get(entityB), shown(roleA)].join(" ")),
  };
}

// Mermaid's grammar names the cardinality of the other end: `}o--||` has ZERO_OR_MORE on the left and ONLY_ONE on the right.
const [MANY, ONE, MAYBE] = ["ZERO_OR_MORE", "ONLY_ONE", "ZERO_OR_ONE"];

const EXPECTED = {
  "library.mmd": {
    labels: {
      new_branch: "Branch (new_branch)",
      new_item: "Item (new_item)",
      new_loan: "Loan (new_loan)",
      new_subject: "Subject (new_subject)",
      account: "",
      contact: "",
    },
    columns: {
      new_branch: ["guid new_branchid PK", "string(100) new_name"],
      new_item: ["guid new_itemid PK", "string(200) new_title", "string(20) new_barcode UK", "lookup new_branchid FK"],
      new_loan: ["guid new_loanid PK", "string(100) new_name", "lookup new_borrower FK", "lookup new_itemid FK"],
      new_subject: ["guid new_subjectid PK", "string(100) new_name", "lookup new_parentid FK"],
      account: [],
      contact: [],
    },
    lines: [
      `new_item ${MANY} ${ONE} new_branch new_branchid`,
      `new_loan ${MANY} ${MAYBE} account new_borrower`,
      `new_loan ${MANY} ${MAYBE} contact new_borrower`,
      `new_loan ${MANY} ${ONE} new_item new_itemid`,
      `new_subject ${MANY} ${MAYBE} new_subject new_parentid`,
      `new_item ${MANY} ${MANY} new_subject new_item_subject`,
    ],
  },
  "hostile.mmd": {
    labels: {
      class: "שלום عالم 日本語 👩\u200d🔧 e\u0301 (class)",
      "new-order": `<script>alert('x')</script> & "q" ]]> direction LR #35; %%{init} \\ \` (new-order)`,
      u: `${"very long ".repeat(9)}very l… (u)`,
    },
    columns: {
      class: ["guid classid PK", "string(100) new_name", "lookup direction FK", "lookup 日本 FK"],
      "new-order": ["guid new-orderid PK", "string(100) new_name", "lookup one FK", "lookup _pk FK pk"],
      u: ["guid uid PK", "string(100) new_name", "lookup style FK"],
    },
    lines: [
      `class ${MANY} ${MAYBE} class direction`,
      `class ${MANY} ${MAYBE} u 日本`,
      `new-order ${MANY} ${ONE} class one`,
      `new-order ${MANY} ${ONE} u one`,
      `new-order ${MANY} ${MAYBE} new-order pk`,
      `u ${MANY} ${MAYBE} class style`,
      `class ${MANY} ${MANY} new-order end`,
    ],
  },
};

for (const [file, expected] of Object.entries(EXPECTED)) {
  const found = await parsed(path.join(process.argv[2], file));
  assert.deepEqual(found, expected, file);
  console.log(`${file}: ${Object.keys(found.labels).length} tables and ${found.lines.length} relationships as expected`);
}
