// Limitations of the emulator: changes of definitions, search, files, background operations
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client } = require("./client.cjs");

const { absent, gap, run } = scenarios("dynamics-web-api", "not there");
const CRM = "Microsoft.Dynamics.CRM.";
const ID = "10cb680e-b6a7-4811-816a-480fcfe97e21";
const ACCOUNT = "LogicalName='account'";
const FIXED = "definitions are fixed when the emulator starts";
const label = (text) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });

absent("createEntity", FIXED, () => api.createEntity({ data: { "@odata.type": `${CRM}EntityMetadata`, SchemaName: "new_BankAccount", DisplayName: label("Bank Account") } }));
absent("updateEntity", FIXED, async () => {
  const table = await api.retrieveEntity({ key: ACCOUNT });
  await api.updateEntity({ data: table, mergeLabels: true });
});
absent("createAttribute", FIXED, () => api.createAttribute({
  entityKey: ACCOUNT, data: { "@odata.type": `${CRM}MoneyAttributeMetadata`, SchemaName: "new_Balance", DisplayName: label("Balance") },
}));
absent("updateAttribute", FIXED, async () => {
  const column = await api.retrieveAttribute({ entityKey: ACCOUNT, attributeKey: "LogicalName='name'" });
  await api.updateAttribute({ entityKey: ACCOUNT, data: column, castType: `${CRM}StringAttributeMetadata` });
});
absent("createRelationship", FIXED, () => api.createRelationship({ data: { "@odata.type": `${CRM}OneToManyRelationshipMetadata`, SchemaName: "new_x" } }));
absent("updateRelationship", FIXED, () => api.updateRelationship({ data: { MetadataId: ID, SchemaName: "new_x" } }));
absent("deleteRelationship", FIXED, () => api.deleteRelationship({ key: ID }));
absent("createGlobalOptionSet", FIXED, () => api.createGlobalOptionSet({ data: { "@odata.type": `${CRM}OptionSetMetadata`, Name: "new_choice" } }));
absent("updateGlobalOptionSet", FIXED, () => api.updateGlobalOptionSet({ data: { MetadataId: ID, Name: "new_choice" } }));
absent("deleteGlobalOptionSet", FIXED, () => api.deleteGlobalOptionSet({ key: "Name='sample_genre'" }));
gap("CreatePolymorphicLookupAttribute", "404: the client sends the name of the action in lower case",
  () => refused(501, () => api.create({ collection: "CreatePolymorphicLookupAttribute", data: { OneToManyRelationships: [] } })));
absent("PublishXml", "definitions are fixed when the emulator starts", () => refused(501, () => api.callAction({ actionName: "PublishXml", action: { ParameterXml: "<importexportxml/>" } })));

const SEARCH = "Dataverse search is a service of its own";
for (const version of ["1.0", "2.0"]) {
  const searching = client({ searchApi: { version } });
  absent(`query, version ${version}`, SEARCH, () => searching.query("contoso"));
  absent(`suggest, version ${version}`, SEARCH, () => searching.suggest("contoso"));
  absent(`autocomplete, version ${version}`, SEARCH, () => searching.autocomplete("contoso"));
}

const FILES = "the emulator has no file columns";
const file = { collection: "sample_books", key: ID, property: "sample_manuscript" };
absent("uploadFile", FILES, async () => {
  const key = await api.create({ collection: "sample_books", data: { sample_name: "With a file" } });
  await api.uploadFile({ ...file, key, fileName: "a.txt", data: Buffer.from("some text") });
});
absent("downloadFile", FILES, async () => {
  const key = await api.create({ collection: "sample_books", data: { sample_name: "With a file" } });
  await api.downloadFile({ ...file, key });
});
absent("deleteRecord of a file", FILES, async () => {
  const key = await api.create({ collection: "sample_books", data: { sample_name: "With a file" } });
  await api.deleteRecord({ ...file, key });
});

const BACKGROUND = "the emulator has no background operations";
absent("getBackgroundOperationStatus", BACKGROUND, () => api.getBackgroundOperationStatus(ID));
absent("cancelBackgroundOperation", BACKGROUND, () => api.cancelBackgroundOperation(ID));

run();
