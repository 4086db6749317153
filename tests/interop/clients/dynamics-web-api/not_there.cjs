// Limitations of the emulator: search, files, background operations
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client } = require("./client.cjs");

const { absent, gap, run } = scenarios("dynamics-web-api", "not there");
const ID = "10cb680e-b6a7-4811-816a-480fcfe97e21";

gap("CreatePolymorphicLookupAttribute", "404: the client sends the name of the action in lower case",
  () => refused(501, () => api.create({ collection: "CreatePolymorphicLookupAttribute", data: { OneToManyRelationships: [] } })));

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
