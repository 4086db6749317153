// Loads rows with npm dynamics-web-api: node FILE WAY ROWS ROWS_OF_A_REQUEST
"use strict";
const { DynamicsWebApi } = require("dynamics-web-api");
const { run, seconds, sleep } = require("./clock.cjs");

const [way, rows, size] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
// How long a request is sent again: the default of our client.
const PATIENCE = 30 * 60;
const COLLECTION = "msdyn_sessionevents";

const chunks = [];
for (let first = 0; first < rows; first += size) {
  const count = Math.min(size, rows - first);
  chunks.push(Array.from({ length: count }, (_, number) => ({ msdyn_name: `Event ${first + number}` })));
}

run(async (serverUrl) => {
  const api = new DynamicsWebApi({
    serverUrl,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => "any token",
  });
  const batch = (chunk) => {
    api.startBatch();
    for (const data of chunk) api.create({ collection: COLLECTION, data });
    return api.executeBatch();
  };
  const createMultiple = (chunk) => {
    const Targets = chunk.map((data) => ({ "@odata.type": "Microsoft.Dynamics.CRM.msdyn_sessionevent", ...data }));
    return api.callAction({ collection: COLLECTION, actionName: "Microsoft.Dynamics.CRM.CreateMultiple", action: { Targets } });
  };
  const withRetry = async (chunk) => {
    const end = seconds() + PATIENCE;
    for (;;) {
      try {
        return await createMultiple(chunk);
      } catch (error) {
        const wait = Number(error.headers?.["retry-after"]);
        if (error.status !== 429 || seconds() + wait > end) throw error;
        await sleep(wait);
      }
    }
  };
  // A request that is refused loses its rows. Other errors end the program.
  const orRefused = (answer) =>
    answer.catch((error) => {
      if (error.status !== 429) throw error;
    });
  const oneByOne = async (create) => {
    for (const chunk of chunks) await orRefused(create(chunk));
  };
  const allAtOnce = (create) => Promise.all(chunks.map((chunk) => orRefused(create(chunk))));
  const ways = {
    batches: () => oneByOne(batch),
    "one-by-one": () => oneByOne(createMultiple),
    "all-at-once": () => allAtOnce(createMultiple),
    retry: () => allAtOnce(withRetry),
  };
  await ways[way]();
});
