"""Simulated time for programs that send with `requests`, or with `aiohttp`. The time stands still while the program
computes, and moves to the next event when the program waits.

Requests become lines of JSON for the parent process. Those of `requests` do so directly, because such a program waits
for one thing at a time. Those of `aiohttp` go over a socket to a server in this process.
"""

import asyncio
import io
import json
import selectors
import sys
import time
from http.client import responses
from urllib.parse import urlsplit

import requests
from aiohttp import web

# Seconds of real time after which nothing is under way on a loopback socket.
QUIET = 0.002


class Clock:
    """Microseconds since the start."""

    now = 0


def exchange(method, path, headers, body):
    skipped = ("host", "connection")
    headers = [[name, value] for name, value in headers if name.lower() not in skipped]
    write({"sent": Clock.now, "method": method, "path": path, "headers": headers, "body": body})
    return json.loads(sys.stdin.readline())


def write(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def ended():
    write({"ended": Clock.now})


def sleep(seconds):
    Clock.now += round(seconds * 1e6)


class Adapter(requests.adapters.BaseAdapter):
    """Sends the requests of a session."""

    def send(self, request, **_):
        url = urlsplit(request.url)
        path = url.path + (f"?{url.query}" if url.query else "")
        body = request.body or ""
        body = body.decode() if isinstance(body, bytes) else body
        answer = exchange(request.method, path, request.headers.items(), body)
        Clock.now = answer["arrives"]
        response = requests.Response()
        response.status_code = answer["status"]
        response.reason = responses.get(answer["status"])
        response.headers.update(answer["headers"])
        response.raw = io.BytesIO(answer["body"].encode())
        response.url, response.request, response.encoding = request.url, request, "utf-8"
        return response

    def close(self):
        pass


def simulate_requests():
    """Simulates the time of each session, and of `time.sleep`."""
    requests.Session.get_adapter = lambda _, url: Adapter()
    time.sleep = sleep


class Waiting(selectors.DefaultSelector):
    """Moves the time to the end of a wait in which nothing happens on a socket."""

    def select(self, timeout=None):
        if timeout == 0:
            return super().select(0)
        happened = super().select(QUIET)
        if not happened:
            if timeout is None:
                raise RuntimeError("the program waits for nothing")
            Clock.now += max(1, round(timeout * 1e6))
        return happened


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Waiting())

    def time(self):
        return Clock.now / 1e6


async def answered(request):
    answer = exchange(request.method, request.raw_path, request.headers.items(), await request.text())
    await asyncio.sleep((answer["arrives"] - Clock.now) / 1e6)
    headers = [(name, value) for name, value in answer["headers"] if name != "content-length"]
    return web.Response(status=answer["status"], headers=headers, body=answer["body"].encode())


def run(program):
    """Runs a coroutine function, which gets the URL of the organization."""

    async def main():
        runner = web.ServerRunner(web.Server(answered))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        await program(f"http://127.0.0.1:{runner.addresses[0][1]}")
        ended()

    asyncio.set_event_loop(loop := Loop())
    loop.run_until_complete(main())
