"""Loads rows with PyPI PowerPlatform-Dataverse-Client: python FILE WAY ROWS ROWS_OF_A_REQUEST"""

import asyncio
import sys

import clock
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.aio import AsyncDataverseClient
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError

WAY, ROWS, SIZE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
TABLE = "msdyn_sessionevent"
NEVER = 1 << 40
# How long a request is sent again, in seconds: the default of our client.
PATIENCE = 30 * 60


def chunks():
    for first in range(0, ROWS, SIZE):
        yield [{"msdyn_name": f"Event {number}"} for number in range(first, min(first + SIZE, ROWS))]


class AnyToken:
    def get_token(self, *scopes, **_):
        return AccessToken("any token", NEVER)


class AnyTokenLater:
    async def get_token(self, *scopes, **_):
        return AccessToken("any token", NEVER)

    async def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass


def is_refusal(error):
    return error.status_code == 429


def one_by_one():
    clock.simulate_requests()
    with DataverseClient("https://contoso.crm4.dynamics.com", AnyToken()) as client:
        for chunk in chunks():
            try:
                client.records.create(TABLE, chunk)
            except HttpError as error:
                # The rows of a refused request are lost. Other errors end the program.
                if not is_refusal(error):
                    raise
    clock.ended()


def gathered(create):
    async def program(url):
        async with AsyncDataverseClient(url, AnyTokenLater()) as client:
            await asyncio.gather(*(create(client, chunk) for chunk in chunks()))

    clock.run(program)


async def once(client, chunk):
    try:
        await client.records.create(TABLE, chunk)
    except HttpError as error:
        if not is_refusal(error):
            raise


async def with_retry(client, chunk):
    now = asyncio.get_running_loop().time
    end = now() + PATIENCE
    while True:
        try:
            return await client.records.create(TABLE, chunk)
        except HttpError as error:
            if not is_refusal(error):
                raise
            wait = error.details["retry_after"]
            if now() + wait > end:
                return None
            await asyncio.sleep(wait)


if WAY == "one-by-one":
    one_by_one()
else:
    gathered({"all-at-once": once, "retry": with_retry}[WAY])
