"""WebKit as Safari has it: Debian's WebKitGTK, its MiniBrowser on a display in memory, by WebDriver (W3C) over HTTP."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import httpx

from tests import servers
from tests.servers import tool

ANSWER_SECONDS = 60.0
MINIBROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
# Larger than every window of ours: there is no window manager that would make room.
DISPLAY_SIZE = "2000x1400x24"
# MiniBrowser's bar would keep the window wider than a phone.
NARROW_BAR = "* { padding: 0; margin: 0; min-width: 0; border-spacing: 0; font-size: 6px; }"
INNER = "return [innerWidth, innerHeight]"


# No command to the driver in this time, or it answers none any more.
CACHED_PAGE_SECONDS = 4.0


class WebKitWindow:
    """A browser and its driver of its own: the driver knows one session only."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    async def start(self, width: int, height: int) -> None:
        port = servers.free_port()
        self._driver = subprocess.Popen(  # noqa: ASYNC220 (it returns at once)
            [tool("WebKitWebDriver", "webkit2gtk-driver"), "--host=127.0.0.1", f"--port={port}"],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await asyncio.to_thread(servers.wait_until, lambda: servers.listens(port), "WebKitWebDriver", ANSWER_SECONDS)
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=ANSWER_SECONDS)
        options = {"binary": tool("MiniBrowser", "webkit2gtk-driver", MINIBROWSER), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options, "pageLoadStrategy": "normal"}}}
        self._session = ""
        self._session = "/session/" + (await self._call("POST", "/session", wanted))["sessionId"]
        await self._size(width, height)

    async def _size(self, width: int, height: int) -> None:
        """The page gets this size; the window is larger by its bars."""
        wide, high = 0, 0
        for _ in range(5):
            await self._post("/window/rect", {"x": 0, "y": 0, "width": width + wide, "height": height + high})
            inner_width, inner_height = await self._post("/execute/sync", {"script": INNER, "args": []})
            if (inner_width, inner_height) == (width, height):
                return
            wide, high = wide + width - inner_width, high + height - inner_height
        raise RuntimeError(f"MiniBrowser's page is {inner_width} × {inner_height} instead of {width} × {height}")

    async def _call(self, method: str, path: str, body: object = None) -> Any:
        answer = await self._http.request(method, self._session + path, json=body)
        value = answer.json()["value"]
        if answer.is_error:
            raise RuntimeError(f"{path}: {value['error']}: {value['message']}")
        return value

    async def _post(self, path: str, body: object) -> Any:
        return await self._call("POST", path, body)

    async def go(self, url: str) -> None:
        await self._post("/url", {"url": url})

    async def run(self, function: str, *arguments: Any) -> Any:
        script = f"return ({function})(...arguments) ?? null"
        return await self._post("/execute/sync", {"script": script, "args": list(arguments)})

    async def tap(self, x: int, y: int) -> None:
        steps = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        await self._act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps})

    async def type(self, text: str) -> None:
        steps = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        await self._act({"type": "key", "id": "keyboard", "actions": steps})

    async def _act(self, source: dict[str, Any]) -> None:
        await self._post("/actions", {"actions": [source]})

    async def reload(self) -> None:
        await self._post("/refresh", {})

    async def back(self) -> None:
        await self._leave("() => setTimeout(() => history.back(), 0)")

    async def forward(self) -> None:
        await self._leave("() => setTimeout(() => history.forward(), 0)")

    async def _leave(self, function: str) -> None:
        """Leaves the page by a script. The driver's own command would wait forever for a page from the cache, as would each
        command that comes while the browser shows such a page again."""
        await self.run(function)
        await asyncio.sleep(CACHED_PAGE_SECONDS)

    async def picture(self) -> bytes:
        return base64.b64decode(await self._call("GET", "/screenshot"))

    async def close(self) -> None:
        try:
            if getattr(self, "_session", ""):
                await self._call("DELETE", "")
        finally:
            await self._http.aclose()
            self._driver.terminate()
            self._driver.wait(servers.STOP_SECONDS)


class WebKit:
    name = "webkit"

    async def start(self) -> None:
        for name, package, *places in (
            ("WebKitWebDriver", "webkit2gtk-driver"),
            ("MiniBrowser", "webkit2gtk-driver", MINIBROWSER),
        ):
            tool(name, package, *places)
        self._home = tempfile.TemporaryDirectory(prefix="board-webkit-", ignore_cleanup_errors=True)
        settings = Path(self._home.name, "config")
        await asyncio.to_thread(_narrow_bar, settings)
        self._display, number = await asyncio.to_thread(_display)
        # The sandbox needs rights that a container does not give; the pages are our own, on this machine.
        self._environment = os.environ | {
            "DISPLAY": f":{number}",
            "GDK_BACKEND": "x11",
            "HOME": self._home.name,
            "XDG_CONFIG_HOME": str(settings),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }

    async def window(self, width: int, height: int) -> WebKitWindow:
        window = WebKitWindow(self._environment)
        try:
            await window.start(width, height)
        except BaseException:
            await window.close()
            raise
        return window

    async def stop(self) -> None:
        self._display.terminate()
        self._display.wait(servers.STOP_SECONDS)
        self._home.cleanup()


def _narrow_bar(settings: Path) -> None:
    style = settings / "gtk-3.0" / "gtk.css"
    style.parent.mkdir(parents=True)
    style.write_text(NARROW_BAR)


def _display() -> tuple[subprocess.Popen[bytes], str]:
    """A display in memory, and the number that it has chosen."""
    options = ["-displayfd", "1", "-screen", "0", DISPLAY_SIZE, "-nolisten", "tcp"]
    display = subprocess.Popen([tool("Xvfb", "xvfb"), *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert display.stdout is not None
    with display.stdout as output:
        return display, output.readline().decode().strip()
