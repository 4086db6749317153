// Simulated time for a program that sends its requests with Node's `http`. The time stands still while the program
// computes, and moves to the next event when the program waits. `run` starts a program, `sleep` waits,
// `seconds` tells the time.
//
// The requests go over a socket to a proxy in this process, which passes them to the parent process as lines of JSON.
"use strict";
const fs = require("node:fs");
const http = require("node:http");

// Microseconds since the start.
let now = 0;
// What happens later: [time, order, work], the next one last.
const events = [];
let order = 0;
// Messages between the program and the proxy that one has sent and the other has not read.
let underWay = 0;

function at(time, work) {
  const event = [time, order++, work];
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle][0] > time) low = middle + 1;
    else high = middle;
  }
  // An event goes before those of the same time, which happen first.
  events.splice(low, 0, event);
}

const sleep = (seconds) => new Promise((resolve) => at(now + Math.round(seconds * 1e6), resolve));

const part = Buffer.alloc(1 << 16);
let unread = Buffer.alloc(0);
function exchange(message) {
  writeLine(message);
  for (;;) {
    const end = unread.indexOf("\n");
    if (end >= 0) {
      const line = unread.toString("utf8", 0, end);
      unread = unread.subarray(end + 1);
      return JSON.parse(line);
    }
    const length = fs.readSync(0, part);
    if (length === 0) throw new Error("the parent process is gone");
    unread = Buffer.concat([unread, part.subarray(0, length)]);
  }
}

function writeLine(message) {
  const line = Buffer.from(JSON.stringify(message) + "\n");
  for (let written = 0; written < line.length; ) written += fs.writeSync(1, line, written);
}

const proxy = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    underWay--;
    const headers = Object.entries(request.headers).filter(([name]) => !["host", "connection"].includes(name));
    const body = Buffer.concat(parts).toString();
    const answer = exchange({ sent: now, method: request.method, path: request.url, headers, body });
    at(answer.arrives, () => {
      underWay++;
      response.writeHead(answer.status, answer.headers.flat()).end(answer.body);
    });
  });
});

const send = http.request;
http.request = (...parameters) => {
  underWay++;
  return send(...parameters).once("close", () => underWay--);
};

const turn = () => new Promise(setImmediate);

/** Runs a program, which gets the URL of the organization. */
async function run(program) {
  // The timeouts would run in real time.
  Object.assign(proxy, { headersTimeout: 0, keepAliveTimeout: 0, requestTimeout: 0 });
  await new Promise((resolve) => proxy.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, resolve));
  let isOver = false;
  const ending = program(`http://127.0.0.1:${proxy.address().port}`).finally(() => (isOver = true));
  ending.catch(() => {});
  while (!isOver) {
    await turn();
    // After an answer was read, the program may send in a later turn.
    for (let quiet = 0; quiet < 3 && underWay === 0 && !isOver; quiet++) await turn();
    if (underWay > 0 || isOver) continue;
    if (events.length === 0) throw new Error("the program waits for nothing");
    const [time, , work] = events.pop();
    now = time;
    work();
  }
  await ending;
  writeLine({ ended: now });
  process.exit();
}

const seconds = () => now / 1e6;

module.exports = { run, seconds, sleep };
