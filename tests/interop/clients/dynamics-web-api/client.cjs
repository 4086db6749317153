// The client of every file here: node FILE <url of the organization>
"use strict";
const { DynamicsWebApi } = require("dynamics-web-api");

const ORGANIZATION = process.argv[2];
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Returns another client, with these settings. */
function client(settings = {}) {
  return new DynamicsWebApi({
    serverUrl: ORGANIZATION,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => "any token",
    ...settings,
  });
}

module.exports = { api: client(), client, GUID, ORGANIZATION };
