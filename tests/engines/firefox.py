"""Firefox, by WebDriver BiDi over its own debugging port: no geckodriver, no download."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests import servers
from tests.servers import tool

ANSWER_SECONDS = 60.0
PICTURE_BYTES = 64 * 1024 * 1024
# Nothing that asks the internet, no first-run pages.
SETTINGS = """user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("browser.safebrowsing.provider.mozilla.updateURL", "");
user_pref("toolkit.telemetry.server", "data:,");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("remote.prefs.recommended", true);
"""
CALL = "(given) => JSON.stringify((FUNCTION)(...JSON.parse(given)) ?? null)"


class Bidi:
    """Commands by number, and their answers. Events are left alone: nobody subscribes."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    async def call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                answer = json.loads(await self._socket.recv())
                if answer.get("id") == number:
                    break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    async def close(self) -> None:
        await self._socket.close()


class FirefoxWindow:
    def __init__(self, bidi: Bidi, context: str, user: str) -> None:
        self._bidi, self._context, self._user = bidi, context, user

    async def go(self, url: str) -> None:
        await self._bidi.call("browsingContext.navigate", context=self._context, url=url, wait="interactive")

    async def run(self, function: str, *arguments: Any) -> Any:
        done = await self._bidi.call(
            "script.callFunction",
            functionDeclaration=CALL.replace("FUNCTION", function),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=False,
            userActivation=False,
        )
        if done["type"] == "exception":
            raise RuntimeError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"])

    async def tap(self, x: int, y: int) -> None:
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        await self._act({"type": "pointer", "id": "mouse", "actions": steps})

    async def type(self, text: str) -> None:
        steps = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        await self._act({"type": "key", "id": "keyboard", "actions": steps})

    async def _act(self, source: dict[str, Any]) -> None:
        await self._bidi.call("input.performActions", context=self._context, actions=[source])

    async def reload(self) -> None:
        await self._bidi.call("browsingContext.reload", context=self._context, wait="interactive")

    async def back(self) -> None:
        await self._bidi.call("browsingContext.traverseHistory", context=self._context, delta=-1)

    async def forward(self) -> None:
        await self._bidi.call("browsingContext.traverseHistory", context=self._context, delta=1)

    async def picture(self) -> bytes:
        taken = await self._bidi.call("browsingContext.captureScreenshot", context=self._context)
        return base64.b64decode(taken["data"])

    async def close(self) -> None:
        await self._bidi.call("browser.removeUserContext", userContext=self._user)


class Firefox:
    name = "firefox"

    async def start(self) -> None:
        program = tool("firefox-esr", "firefox-esr", "/usr/bin/firefox")
        self._home = tempfile.TemporaryDirectory(prefix="board-firefox-", ignore_cleanup_errors=True)
        profile = Path(self._home.name) / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(SETTINGS)
        port = servers.free_port()
        options = ["--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port), "about:blank"]
        self._process = subprocess.Popen(  # noqa: ASYNC220 (it returns at once)
            [program, *options],
            env=os.environ | {"HOME": self._home.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await asyncio.to_thread(servers.wait_until, lambda: servers.listens(port), "Firefox", ANSWER_SECONDS)
        self._bidi = Bidi(await connect(f"ws://127.0.0.1:{port}/session", max_size=PICTURE_BYTES, open_timeout=ANSWER_SECONDS))
        await self._bidi.call("session.new", capabilities={})

    async def window(self, width: int, height: int) -> FirefoxWindow:
        user = (await self._bidi.call("browser.createUserContext"))["userContext"]
        # A window, not a tab: a tab behind another one sleeps.
        context = (await self._bidi.call("browsingContext.create", type="window", userContext=user))["context"]
        size = {"width": width, "height": height}
        await self._bidi.call("browsingContext.setViewport", context=context, viewport=size)
        return FirefoxWindow(self._bidi, context, user)

    async def stop(self) -> None:
        await self._bidi.close()
        self._process.terminate()
        self._process.wait(servers.STOP_SECONDS)
        self._home.cleanup()
