"""The pictures of the README, taken from the demo board:   python -m tests.browser.shots DIRECTORY"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import httpx
from playwright.async_api import Browser, Page, async_playwright

from tests import servers

HOST = "board.example"
PHONE = {"width": 390, "height": 844}
CONSOLE = {"width": 1280, "height": 800}
STAGE = {"width": 1920, "height": 1080}
# The last card has taken its place on the wall, and the fonts of every script are there.
SETTLE_MS = 9_000


async def main(directory: Path) -> None:
    with servers.directory() as path:
        port, links, process = _demo(path)
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=servers.tool("chromium", "chromium"),
                    args=[f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}"],
                )
                await _take(browser, links, directory)
                await browser.close()
        finally:
            process.terminate()
            process.wait(10)


def _demo(path: Path) -> tuple[int, dict[str, str], subprocess.Popen[str]]:
    port = servers.free_port()
    environment = servers.clean_environment() | {"BOARD_DATA_DIR": str(path)}
    log = path / "demo.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*servers.COMMAND, "demo", "--no-traffic", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=output,
            text=True,
        )
    servers.wait_until(lambda: "Moderator" in log.read_text() and _answers(port), "the demo board")
    links = re.findall(r"(Phone|Screen|Moderator) +http://[^/]+(\S+)", log.read_text())
    return port, {name: f"http://{HOST}{path}" for name, path in links}, process


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False


async def _take(browser: Browser, links: dict[str, str], directory: Path) -> None:
    screen = await _open(browser, links["Screen"], STAGE)
    phone = await _open(browser, links["Phone"], PHONE, scale=2)
    await phone.wait_for_selector("[data-id]")
    moderator = await _open(browser, links["Moderator"], CONSOLE)
    await moderator.locator(".tab", has_text="On the board").click()
    await screen.wait_for_timeout(SETTLE_MS)
    await screen.screenshot(path=directory / "screen.png")
    await phone.screenshot(path=directory / "phone-celebrate.png")
    await phone.get_by_text("Ask", exact=True).first.click()
    await phone.wait_for_timeout(500)
    await phone.screenshot(path=directory / "phone-ask.png")
    await moderator.screenshot(path=directory / "moderate.png")


async def _open(browser: Browser, url: str, size: dict[str, int], scale: int = 1) -> Page:
    context = await browser.new_context(viewport=size, device_scale_factor=scale, color_scheme="light")  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(url)
    return page


if __name__ == "__main__":
    wanted = Path(sys.argv[1])
    wanted.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(wanted))
