"""A real HTTP server on loopback, for as long as a test needs it."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # the test run keeps its own signal handlers


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, *, lifespan: bool = False) -> AsyncIterator[str]:
    """Serve an application; its base address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # from here on callers wait in line, even before the server takes over
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="on" if lifespan else "off",
            timeout_graceful_shutdown=1,
        )
        server = _Server(config)
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@contextlib.contextmanager
def beside[Served](serving_it: AbstractAsyncContextManager[Served]) -> Iterator[Served]:
    """Keep something served from a thread of its own, as a real browser needs it; what it is served as."""
    ready = threading.Event()
    served: list[Served] = []
    ends: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        ended = asyncio.Event()
        ends.append((asyncio.get_running_loop(), ended))
        async with serving_it as it:
            served.append(it)
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(60)
    try:
        yield served[0]
    finally:
        loop, ended = ends[0]
        loop.call_soon_threadsafe(ended.set)
        thread.join(30)
