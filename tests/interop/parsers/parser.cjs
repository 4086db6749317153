// Parses every URL and filter with @odata/parser: path and query options.
//
// The parser first gets the URL as it is. GAPS lists the constructs that it does not know: each gap checks the construct with
// a strict pattern and rewrites it to one that the parser knows, so that the rest of the URL is parsed, too. A URL that does
// not parse after that is a failure.
//
//     node parser.cjs <directory with urls.txt and filters-*.txt>

const fs = require("fs");
const path = require("path");
const { defaultParser } = require("@odata/parser");

const IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
const LITERAL = "'(?:[^']|'')*'";
const STRING = '"(?:[^"\\\\]|\\\\.)*"';

// Constructs that the parser does not read, tried in this order. Each gap rewrites the decoded value of an option.
const GAPS = [
  {
    name: "a text before a semicolon",
    why: "within $expand it reads a string on past its end, to the next quote, unless a parenthesis follows",
    rewrite: (text) => text.replace(new RegExp(`\\$filter=([^;'()]*)(${LITERAL});`, "gu"), "$filter=($1$2);"),
  },
  {
    name: "a lambda within a lambda",
    why: "it forgets the outer variable; what the inner one says is parsed by itself",
    rewrite: withoutInnerLambdas,
  },
];

// Parses `any(o2:…)` as a filter of its own and replaces it with `any()`.
function withoutInnerLambdas(text) {
  const tokens = new RegExp(`${LITERAL}|${STRING}|(?:any|all)\\((?=o[0-9]+:)|[()]`, "gu");
  let [start, depth] = [-1, 0];
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (start < 0 && /^a/u.test(token)) [start, depth] = [index, 0];
    if (start < 0) continue;
    if (token.endsWith("(")) depth += 1;
    if (token === ")") depth -= 1;
    if (depth > 0) continue;
    const inner = text.slice(text.indexOf("(", start) + 1, index);
    defaultParser.filter(`x/any(${withoutInnerLambdas(inner)})`);
    return `${text.slice(0, start)}any()${withoutInnerLambdas(text.slice(index + 1))}`;
  }
  return text;
}

// Options of OData that the parser lacks: their shapes are checked here, and the filters in them parsed.
const OPTIONS = {
  $apply: (value) => {
    const column = `${IDENTIFIER}(?:/${IDENTIFIER})*`;
    const one = `(?:${column} with (?:sum|average|min|max|countdistinct)|\\$count) as ${IDENTIFIER}`;
    const aggregate = `aggregate\\(${one}(?:,${one})*\\)`;
    const shape = new RegExp(
      `^(?:filter\\((.*)\\)/)?(?:${aggregate}|groupby\\(\\(${column}(?:,${column})*\\)(?:,${aggregate})?\\))$`,
      "su",
    );
    const match = shape.exec(value);
    if (!match) throw new Error("not of the shape of $apply");
    if (match[1] !== undefined) readOption("$filter", match[1]);
  },
  fetchXml: (value) => match(value, /^<fetch[ >].*<\/fetch>$/su),
  savedQuery: (value) => match(value, /^[0-9a-f-]{36}$/u),
  userQuery: (value) => match(value, /^[0-9a-f-]{36}$/u),
  $deltatoken: (value) => match(value, /./u),
  $skiptoken: (value) => match(value, /./u),
  $id: (value) => match(value, /^https:/u),
  tag: () => {},
  partitionId: () => {},
};

const filled = new Map();
let plain = 0;
let byOption = 0;

function match(value, pattern) {
  if (!pattern.test(value)) throw new Error(`not of the shape ${pattern}`);
}

// Parses the decoded value of an option, and returns the names of the gaps that it needed.
function parseOption(name, decoded) {
  const used = [];
  // OData decodes a value before it parses it. Two things stay encoded: characters that would end the option, and control
  // characters, which the parser takes in no text.
  let text = decoded.replace(/[\u0000-\u001f\u007f%&#]/gu, encodeURIComponent);
  for (const gap of GAPS) {
    if (parses("query", `${name}=${text}`)) return used;
    const rewritten = gap.rewrite(text);
    if (rewritten !== text) used.push(gap.name);
    text = rewritten;
  }
  if (parses("query", `${name}=${text}`)) return used;
  throw new Error(`${name} does not parse`);
}

// A URL library may change the URL on the way to the server, and servers read a bare `+` as a space.
function checkCharacters(url) {
  if (new URL(url).href !== url) throw new Error(`a URL library makes it ${new URL(url).href}`);
  if (/[+#]|%(?![0-9A-Fa-f]{2})/u.test(url)) throw new Error("a bare +, # or %");
  if (url.endsWith("?")) throw new Error("an empty query");
}

// Calls that the parser reads only with metadata: functions without a table, and without parameters.
const CALL = new RegExp(`^(.*/)(?:[A-Za-z_.0-9]+\\.)?${IDENTIFIER}\\((?:${IDENTIFIER}=@${IDENTIFIER}(?:,${IDENTIFIER}=@${IDENTIFIER})*)?\\)$`, "u");

function checkPath(encoded) {
  const path = decodeURIComponent(encoded).replace(/%/gu, "%25");
  if (parses("resourcePath", path)) return;
  const call = CALL.exec(path);
  if (call && (call[1] === "/" || parses("resourcePath", call[1].slice(0, -1)))) {
    count("calls without metadata");
    return;
  }
  throw new Error("the path does not parse");
}

// An alias holds a literal, or JSON.
function checkAlias(name, value) {
  if (parses("literal", value) || parses("arrayOrObject", value)) return;
  if (parses("arrayOrObject", value.replace(/"/gu, "%22").replace(/'/gu, '"'))) {
    count("JSON in single quotes, as Dataverse's documentation has it");
  } else if (new RegExp(`^[A-Za-z.]+\\.${IDENTIFIER}'${IDENTIFIER}(?:, ?${IDENTIFIER})*'$`, "u").test(value)) {
    count("several members of an enum");
  } else {
    throw new Error(`${name} is neither a literal nor JSON: ${value}`);
  }
}

function parses(what, text) {
  try {
    defaultParser[what](text);
    return true;
  } catch {
    return false;
  }
}

const SYSTEM = ["$select", "$filter", "$expand", "$orderby", "$top", "$skip", "$count"];

function readOption(name, value) {
  for (const gap of parseOption(name, value)) count(gap);
}

function check(url) {
  checkCharacters(url);
  const encoded = new URL(url).pathname.replace(/^\/api\/data\/v9\.[0-9]/u, "");
  checkPath(encoded);
  const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  const pairs = query === "" ? [] : query.split("&");
  const names = pairs.map((pair) => pair.slice(0, pair.indexOf("=")));
  if (new Set(names).size !== names.length) throw new Error("an option appears twice");
  const asked = encoded.match(/=@[A-Za-z0-9_]+/gu) ?? [];
  const given = names.filter((name) => name.startsWith("@"));
  if (asked.map((each) => each.slice(1)).sort().join() !== given.sort().join()) {
    throw new Error("the aliases that are used are not those that are given");
  }
  if (query === "") return;
  const known = [];
  for (const pair of pairs) {
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    if (name.startsWith("@")) {
      checkAlias(name, decodeURIComponent(value));
    } else if (Object.hasOwn(OPTIONS, name)) {
      OPTIONS[name](decodeURIComponent(value));
      count(`option ${name}`);
    } else if (SYSTEM.includes(name)) {
      known.push(pair);
    } else {
      throw new Error(`no such option: ${name}`);
    }
  }
  if (known.length === 0) return;
  if (parses("query", known.join("&"))) {
    plain += 1;
    return;
  }
  for (const pair of known) {
    const name = pair.slice(0, pair.indexOf("="));
    readOption(name, decodeURIComponent(pair.slice(pair.indexOf("=") + 1)));
  }
  byOption += 1;
}

function count(name) {
  filled.set(name, (filled.get(name) ?? 0) + 1);
}

const directory = process.argv[2];
const lines = (pattern) =>
  fs
    .readdirSync(directory)
    .filter((name) => pattern.test(name))
    .flatMap((name) => fs.readFileSync(path.join(directory, name), "utf8").split("\n"))
    .filter(Boolean);
let failures = 0;
function each(texts, read) {
  for (const text of texts) {
    try {
      read(text);
    } catch (error) {
      failures += 1;
      if (failures <= 20) console.log(`${text}\n    ${String(error.message ?? error)}`);
    }
  }
}
const urls = lines(/^urls\.txt$/u);
const filters = lines(/^filters-.*\.txt$/u);
each(urls, check);
each(filters, (text) => readOption("$filter", text));
console.log(
  `@odata/parser: ${filters.length} filters; ${urls.length} URLs, ${plain} parsed as they are, ${byOption} option by option, decoded; ${failures} failed`,
);
for (const [name, times] of [...filled].sort()) {
  const gap = GAPS.find((each) => each.name === name);
  console.log(`    ${times} × ${name}${gap ? `: ${gap.why}` : ""}`);
}
if (urls.length === 0 || filters.length === 0 || failures > 0) process.exit(1);
