// npm odata2ts makes TypeScript types of `$metadata`; TypeScript checks them, and a program that uses them
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { scenarios } = require("../scenarios.cjs");

const { pass, run } = scenarios("OData clients", "odata2ts");
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "types-"));
const tool = (name) => path.join(process.env.NODE_PATH, ".bin", name);
const USE = `
import { account, contact, task, sample_loan, sample_film, AccessRights, RetrievePrincipalAccessResponse, WhoAmIResponse } from "./dataverseModel";

export function use(row: account, loan: sample_loan, access: RetrievePrincipalAccessResponse, me: WhoAmIResponse) {
  const key: string = row.accountid!;
  const name: string | null = row.name;
  const employees: number | null = row.numberofemployees;
  const onHold: boolean | null = row.creditonhold;
  const created: string | null = row.createdon;
  const lookup: string | null = row._primarycontactid_value;
  const person: contact | null | undefined = row.primarycontactid;
  const tasks: Array<task> | undefined = row.Account_Tasks;
  const film: sample_film | null | undefined = loan.sample_Item_sample_film;
  const rights: AccessRights = access.AccessRights;
  const user: string = me.UserId;
  return [key, name, employees, onHold, created, lookup, person, tasks, film, rights, user];
}
`;

pass("it reads the document", async () => {
  const text = await (await fetch(`${process.argv[2]}/api/data/v9.2/$metadata`)).text();
  fs.writeFileSync(path.join(directory, "metadata.xml"), text);
  fs.writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions: { target: "ES2020", module: "commonjs" } }));
  execFileSync(tool("odata2ts"), ["-s", "metadata.xml", "-o", "types", "-m", "models", "-e", "ts", "-name", "dataverse"], { cwd: directory });
  const types = fs.readFileSync(path.join(directory, "types", "dataverseModel.ts"), "utf8");
  for (const table of ["account", "contact", "task", "systemuser", "sample_book"]) {
    assert.match(types, new RegExp(`export interface ${table} extends (?:crmbaseentity|principal) \\{`));
  }
});

pass("the types check, and so does a program that uses them", () => {
  fs.writeFileSync(path.join(directory, "types", "use.ts"), USE);
  const options = ["--strict", "--noEmit", "--target", "ES2020", "--module", "commonjs", "types/use.ts"];
  try {
    execFileSync(tool("tsc"), options, { cwd: directory, encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});

run().finally(() => fs.rmSync(directory, { recursive: true }));
