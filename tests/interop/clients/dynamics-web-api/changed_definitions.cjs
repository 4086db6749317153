// Changes of definitions: tables, columns, relationships and option sets
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../scenarios.cjs");
const { api } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "changed definitions");
const CRM = "Microsoft.Dynamics.CRM.";
const TABLE = "LogicalName='new_bankaccount'";
const label = (text) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });

pass("createEntity", async () => {
  await api.createEntity({ data: {
    "@odata.type": `${CRM}EntityMetadata`, SchemaName: "new_BankAccount", DisplayName: label("Bank Account"),
    DisplayCollectionName: label("Bank Accounts"), OwnershipType: "UserOwned", HasNotes: false, HasActivities: false,
    Attributes: [{ "@odata.type": `${CRM}StringAttributeMetadata`, SchemaName: "new_Name", MaxLength: 100, DisplayName: label("Name"), IsPrimaryName: true }],
  } });
  await api.create({ collection: "new_bankaccounts", data: { new_name: "Savings" } });
});
pass("updateEntity", async () => {
  const table = await api.retrieveEntity({ key: TABLE });
  await api.updateEntity({ data: { ...table, DisplayName: label("Account of a bank") }, mergeLabels: true });
  const shown = await api.retrieveEntity({ key: TABLE, select: ["DisplayName"] });
  assert.equal(shown.DisplayName.UserLocalizedLabel.Label, "Account of a bank");
});
pass("createAttribute", async () => {
  await api.createAttribute({
    entityKey: TABLE, data: { "@odata.type": `${CRM}MoneyAttributeMetadata`, SchemaName: "new_Balance", DisplayName: label("Balance") },
  });
  await api.create({ collection: "new_bankaccounts", data: { new_name: "Savings", new_balance: 12.5 } });
});
pass("updateAttribute", async () => {
  const key = { entityKey: TABLE, attributeKey: "LogicalName='new_name'", castType: `${CRM}StringAttributeMetadata` };
  const column = await api.retrieveAttribute(key);
  await api.updateAttribute({ entityKey: TABLE, data: { ...column, MaxLength: 200 }, castType: `${CRM}StringAttributeMetadata` });
  assert.equal((await api.retrieveAttribute(key)).MaxLength, 200);
});
pass("createRelationship", () => api.createRelationship({ data: {
  "@odata.type": `${CRM}OneToManyRelationshipMetadata`, SchemaName: "new_account_bankaccount", ReferencedEntity: "account",
  ReferencingEntity: "new_bankaccount", Lookup: { "@odata.type": `${CRM}LookupAttributeMetadata`, SchemaName: "new_AccountId", DisplayName: label("Account") },
} }));
pass("deleteRelationship", async () => {
  await api.deleteRelationship({ key: "SchemaName='new_account_bankaccount'" });
  await assert.rejects(api.retrieveRelationship({ key: "SchemaName='new_account_bankaccount'" }), { status: 404 });
});
pass("createGlobalOptionSet", () => api.createGlobalOptionSet({ data: {
  "@odata.type": `${CRM}OptionSetMetadata`, Name: "new_choice", OptionSetType: "Picklist", Options: [{ Value: 1, Label: label("One") }],
} }));
pass("deleteGlobalOptionSet", async () => {
  await api.deleteGlobalOptionSet({ key: "Name='new_choice'" });
  await assert.rejects(api.retrieveGlobalOptionSet({ key: "Name='new_choice'" }), { status: 404 });
});
pass("PublishXml", () => api.callAction({ actionName: "PublishXml", action: { ParameterXml: "<importexportxml/>" } }));

run();
