// Requests to a Dataverse Web API with nothing but `fetch`.
"use strict";
const assert = require("node:assert/strict");

const ROOT = `${process.argv[2]}/api/data/v9.2/`;
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const ALWAYS = { Accept: "application/json", Authorization: "Bearer any", "OData-Version": "4.0", "OData-MaxVersion": "4.0" };
const ANNOTATED = { Prefer: 'odata.include-annotations="*"' };
const FORMATTED = "@OData.Community.Display.V1.FormattedValue";

/** Sends a request, and returns the status, the headers and the body, parsed if it is JSON. */
async function send(method, path, { body, headers = {} } = {}) {
  const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(new URL(path, ROOT), {
    method, body: sent, headers: { ...ALWAYS, "Content-Type": "application/json", ...headers },
  });
  const text = await response.text();
  const isJson = text !== "" && (response.headers.get("content-type") ?? "").includes("json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Sends a request, asserts the status of the answer, and returns the answer. */
async function expect(status, method, path, options) {
  const answer = await send(method, path, options);
  assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 400)}`);
  return answer;
}

const get = async (path, headers) => (await expect(200, "GET", path, { headers })).body;

/** Creates a record, and returns the id in `OData-EntityId`. */
async function create(set, data) {
  const answer = await expect(204, "POST", set, { body: data });
  const place = answer.headers.get("OData-EntityId");
  assert.ok(place.startsWith(`${ROOT}${set}(`), place);
  return GUID.exec(place)[0];
}

/** Updates a record that exists, with `If-Match: *` or an etag. */
const update = (path, data, match = "*") => expect(204, "PATCH", path, { body: data, headers: { "If-Match": match } });
const remove = (path) => expect(204, "DELETE", path);

/** Runs FetchXML, with plus signs for spaces, as forms encode them. */
function fetchXml(set, xml) {
  return get(`${set}?fetchXml=${encodeURIComponent(xml).replaceAll("%20", "+")}`, ANNOTATED);
}

/** Returns the lines of one request in a batch. */
function part(boundary, { method, path, body, contentId, headers = {} }) {
  const lines = [`--${boundary}`, "Content-Type: application/http", "Content-Transfer-Encoding: binary"];
  if (contentId !== undefined) lines.push(`Content-ID: ${contentId}`);
  lines.push("", `${method} ${path.startsWith("$") ? path : `/api/data/v9.2/${path}`} HTTP/1.1`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push("Content-Type: application/json;type=entry");
  return [...lines, "", body === undefined ? "" : JSON.stringify(body)];
}

/** Sends a batch: each item is a request, or a list of requests that form a change set. */
async function batch(items, headers = {}) {
  const lines = items.flatMap((item, index) => {
    if (!Array.isArray(item)) return part("batch_one", item);
    const set = `changeset_${index}`;
    const head = ["--batch_one", `Content-Type: multipart/mixed; boundary=${set}`, ""];
    return [...head, ...item.flatMap((request) => part(set, request)), `--${set}--`, ""];
  });
  const body = [...lines, "--batch_one--", ""].join("\r\n");
  const answer = await send("POST", "$batch", { body, headers: { "Content-Type": "multipart/mixed; boundary=batch_one", ...headers } });
  return { status: answer.status, parts: typeof answer.body === "string" ? parts(answer.body) : [answer] };
}

/** Returns the answers in the answer to a batch, those of change sets included. */
function parts(text) {
  return text.split(/^--(?:batch|changeset)response_[^\r\n]*\r?\n?/mu).filter((each) => each.includes("HTTP/1.1 ")).map((each) => {
    const [head, ...rest] = each.slice(each.indexOf("HTTP/1.1 ")).split("\r\n\r\n");
    const headers = new Headers(head.split("\r\n").slice(1).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
    const body = rest.join("\r\n\r\n").trim();
    return { status: Number(head.split(" ")[1]), headers, body: body === "" ? undefined : JSON.parse(body) };
  });
}

module.exports = { send, expect, get, create, update, remove, fetchXml, batch, ROOT, GUID, ANNOTATED, FORMATTED };
