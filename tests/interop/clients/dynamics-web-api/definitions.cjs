// retrieveEntity, retrieveEntities, retrieveAttribute(s), retrieveRelationship(s), retrieveGlobalOptionSet(s), retrieveCsdlMetadata
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client, GUID } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "definitions");
const CRM = "Microsoft.Dynamics.CRM.";
const ACCOUNT = "LogicalName='account'";

pass("a table by name, and by id", async () => {
  const table = await api.retrieveEntity({ key: ACCOUNT, select: ["LogicalName", "SchemaName", "EntitySetName"] });
  assert.deepEqual([table.EntitySetName, table.SchemaName], ["accounts", "Account"]);
  assert.match(table.MetadataId, GUID);
  const same = await api.retrieveEntity({ key: table.MetadataId, select: ["LogicalName"] });
  assert.equal(same.LogicalName, "account");
});

pass("a table with its columns", async () => {
  const table = await api.retrieveEntity({ key: ACCOUNT, select: ["LogicalName"], expand: [{ property: "Attributes", select: ["LogicalName"] }] });
  assert.ok(table.Attributes.some((each) => each.LogicalName === "revenue"));
});

pass("tables, filtered by name", async () => {
  const found = await api.retrieveEntities({ select: ["LogicalName"], filter: "LogicalName eq 'contact'" });
  assert.deepEqual(found.value.map((each) => each.LogicalName), ["contact"]);
});

pass("tables, filtered by an enumeration", async () => {
  const found = await api.retrieveEntities({ select: ["LogicalName"], filter: `OwnershipType eq ${CRM}OwnershipTypes'UserOwned'` });
  const names = found.value.map((each) => each.LogicalName);
  assert.ok(names.includes("account") && !names.includes("transactioncurrency"), names.join());
});

pass("a missing table", () => refused(404, () => api.retrieveEntity({ key: "LogicalName='nosuch'" })));

pass("columns", async () => {
  const columns = await api.retrieveAttributes({ entityKey: ACCOUNT, select: ["LogicalName", "AttributeType"] });
  const revenue = columns.value.find((each) => each.LogicalName === "revenue");
  assert.equal(revenue.AttributeType, "Money");
});

pass("columns of one type, with their options", async () => {
  const columns = await api.retrieveAttributes({
    entityKey: ACCOUNT, castType: `${CRM}PicklistAttributeMetadata`, select: ["LogicalName"],
    expand: [{ property: "OptionSet", select: ["Options"] }],
  });
  const category = columns.value.find((each) => each.LogicalName === "accountcategorycode");
  assert.equal(category.OptionSet.Options[0].Label.UserLocalizedLabel.Label, "Preferred Customer");
  assert.ok(!columns.value.some((each) => each.LogicalName === "name"));
});

pass("a column", async () => {
  const column = await api.retrieveAttribute({ entityKey: ACCOUNT, attributeKey: "LogicalName='name'", select: ["SchemaName"] });
  assert.equal(column.SchemaName, "Name");
});

pass("a column as its own type", async () => {
  const column = await api.retrieveAttribute({
    entityKey: ACCOUNT, attributeKey: "LogicalName='name'", castType: `${CRM}StringAttributeMetadata`, select: ["LogicalName", "MaxLength"],
  });
  assert.equal(column.MaxLength, 160);
});

pass("a column through the requests for records", async () => {
  const column = await api.retrieve({
    collection: "EntityDefinitions", key: ACCOUNT, navigationProperty: "Attributes", navigationPropertyKey: "LogicalName='name'",
    metadataAttributeType: `${CRM}StringAttributeMetadata`,
  });
  assert.equal(column.DisplayName.LocalizedLabels[0].Label, "Account Name");
});

pass("relationships of one type", async () => {
  const found = await api.retrieveRelationships({
    castType: `${CRM}OneToManyRelationshipMetadata`, select: ["SchemaName", "MetadataId"], filter: "ReferencedEntity eq 'account'",
  });
  assert.ok(found.value.some((each) => each.SchemaName === "contact_customer_accounts"));
  assert.ok(found.value.every((each) => GUID.test(each.MetadataId)));
});

pass("a relationship by name, as its own type", async () => {
  const relationship = await api.retrieveRelationship({
    key: "SchemaName='contact_customer_accounts'", castType: `${CRM}OneToManyRelationshipMetadata`,
  });
  assert.deepEqual([relationship.ReferencedEntity, relationship.ReferencingEntity], ["account", "contact"]);
});

pass("global choices", async () => {
  const found = await api.retrieveGlobalOptionSets({ castType: `${CRM}OptionSetMetadata`, select: ["Name", "Options"] });
  const genre = found.value.find((each) => each.Name === "sample_genre");
  assert.deepEqual(genre.Options.map((each) => each.Value), [10, 20]);
});

pass("a global choice by name", async () => {
  const choice = await api.retrieveGlobalOptionSet({ key: "Name='sample_genre'", castType: `${CRM}OptionSetMetadata` });
  assert.equal(choice.Options[1].Label.UserLocalizedLabel.Label, "Poems");
  assert.equal(choice.IsGlobal, true);
});

pass("the CSDL document", async () => {
  assert.match(await api.retrieveCsdlMetadata(), /EntityType Name="account"/);
});

pass("the CSDL document, with annotations", async () => {
  assert.match(await api.retrieveCsdlMetadata({ addAnnotations: true }), /EntityType Name="account"/);
});

pass("names of tables in place of entity sets", async () => {
  const named = client({ useEntityNames: true });
  const person = await named.create({ collection: "contact", data: { lastname: "Named" } });
  const key = await named.create({ collection: "account", data: { name: "Named", "primarycontactid@odata.bind": `contact(${person})` } });
  const row = await named.retrieve({ collection: "account", key, select: ["_primarycontactid_value"] });
  assert.equal(row._primarycontactid_value, person);
  assert.equal(named.Utility.getCollectionName("account"), "accounts");
});

run();
