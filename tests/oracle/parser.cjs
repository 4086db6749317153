// Holds every URL against @odata/parser: its query options have to parse.
//
// The parser is asked first with the URL as it is. What it does not know is listed in GAPS, by name; each gap rewrites the
// construct, whose shape is checked with a strict pattern, into something the parser does know, so that the rest of the URL
// is parsed all the same. A URL that does not parse with the gaps filled is a failure.
//
//     node parser.cjs <directory with urls-*.txt>

const fs = require("fs");
const path = require("path");
const { defaultParser } = require("@odata/parser");

const IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
const LITERAL = "'(?:[^']|'')*'";

// What the parser does not read, tried in this order. Each gap takes the value of an option, and gives it back rewritten.
const GAPS = [
  {
    name: "percent-encoded delimiters",
    why: "it wants , / : and quotes as they are, and OData decodes a value before it parses it",
    // The value is decoded already; only what would end the option stays encoded.
    rewrite: (text) => text,
  },
  {
    name: "a text before a semicolon",
    why: "within $expand it reads a string on past its end, to the next quote, unless a parenthesis follows",
    rewrite: (text) => text.replace(new RegExp(`\\$filter=([^;'()]*)(${LITERAL});`, "gu"), "$filter=($1$2);"),
  },
];

// Whole options that OData has and the parser does not: their shapes are checked here, and filters in them are parsed.
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
    if (match[1] !== undefined) parseOption("$filter", match[1]);
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

function match(value, pattern) {
  if (!pattern.test(value)) throw new Error(`not of the shape ${pattern}`);
}

// Parses the decoded value of an option, and gives the names of the gaps that had to be filled.
function parseOption(name, decoded) {
  const used = [];
  let text = decoded.replace(/%/gu, "%25").replace(/&/gu, "%26").replace(/#/gu, "%23");
  for (const gap of GAPS) {
    text = gap.rewrite(text);
    used.push(gap.name);
    try {
      defaultParser.query(`${name}=${text}`);
      return used;
    } catch {
      // Then with the next gap filled, too.
    }
  }
  throw new Error(`${name} does not parse`);
}

function check(url) {
  const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  if (query === "") return;
  const known = [];
  for (const pair of query.split("&")) {
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    if (name.startsWith("@")) {
      // An alias holds a literal; that it is whole is all there is to it.
      if (decodeURIComponent(value) === "") throw new Error(`${name} is empty`);
      count("parameter aliases");
    } else if (name in OPTIONS) {
      OPTIONS[name](decodeURIComponent(value));
      count(`option ${name}`);
    } else {
      known.push(pair);
    }
  }
  if (known.length === 0) return;
  try {
    defaultParser.query(known.join("&"));
    plain += 1;
  } catch {
    for (const pair of known) {
      const name = pair.slice(0, pair.indexOf("="));
      for (const gap of parseOption(name, decodeURIComponent(pair.slice(pair.indexOf("=") + 1)))) count(gap);
    }
  }
}

function count(name) {
  filled.set(name, (filled.get(name) ?? 0) + 1);
}

const directory = process.argv[2];
const files = fs.readdirSync(directory).filter((name) => /^urls-.*\.txt$/u.test(name));
const urls = files.flatMap((name) => fs.readFileSync(path.join(directory, name), "utf8").split("\n")).filter(Boolean);
let failures = 0;
for (const url of urls) {
  try {
    check(url);
  } catch (error) {
    failures += 1;
    if (failures <= 20) console.log(`${url}\n    ${String(error.message ?? error)}`);
  }
}
console.log(`@odata/parser: ${urls.length} URLs, ${plain} parsed as they are, ${failures} failed`);
for (const [name, times] of [...filled].sort()) {
  const gap = GAPS.find((each) => each.name === name);
  console.log(`    ${times} × ${name}${gap ? `: ${gap.why}` : ""}`);
}
if (urls.length === 0 || failures > 0) process.exit(1);
