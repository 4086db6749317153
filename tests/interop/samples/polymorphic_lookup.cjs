// The requests for records of Microsoft's sample "Polymorphic lookup" (page webapi/multitable-lookup)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get, create, update, ANNOTATED, FORMATTED } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "polymorphic lookup");
const book = () => create("sample_books", { sample_name: "A book" });
const film = () => create("sample_films", { sample_name: "A film" });
const COLUMN = "_sample_item_value";

/** Creates a loan of a book or a film, as the navigation property says. */
const loan = (table, id) => create("sample_loans", { sample_name: `Of ${table}`, [`sample_Item_${table}@odata.bind`]: `/${table}s(${id})` });

pass("the navigation properties of the lookup", async () => {
  const path = "EntityDefinitions(LogicalName='sample_loan')/ManyToOneRelationships";
  const { value } = await get(`${path}?$select=ReferencingEntityNavigationPropertyName&$filter=ReferencingAttribute eq 'sample_item'`);
  const names = value.map((each) => each.ReferencingEntityNavigationPropertyName);
  assert.deepEqual(names.sort(), ["sample_Item_sample_book", "sample_Item_sample_film"]);
});

pass("the table of its record, its name and its navigation property", async () => {
  for (const [table, id] of [["sample_book", await book()], ["sample_film", await film()]]) {
    const row = await get(`sample_loans(${await loan(table, id)})?$select=${COLUMN}`, ANNOTATED);
    assert.equal(row[COLUMN], id);
    assert.equal(row[`${COLUMN}@Microsoft.Dynamics.CRM.lookuplogicalname`], table);
    assert.equal(row[`${COLUMN}@Microsoft.Dynamics.CRM.associatednavigationproperty`], `sample_Item_${table}`);
    assert.equal(row[`${COLUMN}${FORMATTED}`], table === "sample_book" ? "A book" : "A film");
  }
});

pass("setting one branch empties the other", async () => {
  const path = `sample_loans(${await loan("sample_book", await book())})`;
  await update(path, { "sample_Item_sample_film@odata.bind": `/sample_films(${await film()})` });
  const row = await get(`${path}?$expand=sample_Item_sample_book($select=sample_name),sample_Item_sample_film($select=sample_name)`);
  assert.equal(row.sample_Item_sample_book, null);
  assert.equal(row.sample_Item_sample_film.sample_name, "A film");
});

pass("both branches in one set", async () => {
  await Promise.all([loan("sample_book", await book()), loan("sample_film", await film())]);
  const expand = "sample_Item_sample_book($select=sample_name),sample_Item_sample_film($select=sample_name)";
  const { value } = await get(`sample_loans?$select=sample_name&$expand=${expand}`);
  for (const row of value) {
    assert.equal([row.sample_Item_sample_book, row.sample_Item_sample_film].filter(Boolean).length, 1);
  }
});

pass("filtered by a column of one branch", async () => {
  const id = await create("sample_books", { sample_name: "The one" });
  await loan("sample_book", id);
  const { value } = await get(`sample_loans?$select=${COLUMN}&$filter=sample_Item_sample_book/sample_name eq 'The one'`);
  assert.deepEqual(value.map((row) => row[COLUMN]), [id]);
});

pass("a name that fits neither branch is refused", async () => {
  const body = { sample_name: "x", "sample_item@odata.bind": `/sample_books(${await book()})` };
  await expect(400, "POST", "sample_loans", { body });
});

pass("CreatePolymorphicLookupAttribute without relationships", () =>
  expect(400, "POST", "CreatePolymorphicLookupAttribute", { body: { OneToManyRelationships: [], Lookup: {} } }));

run();
