"""What the large screen goes back to after an interruption: a spotlight or a blank screen. Pure."""

from __future__ import annotations

import msgspec

from board.model.showing import INTERRUPTIONS, Scene, SceneBefore, Screen


def interrupted(screen: Screen, by: Screen) -> Screen:
    """The screen with this interruption. Several in a row keep the scene before the first of them, and its turns.

    An interruption that names its own way back (`before`, `turns`) keeps it: an undo puts a spotlight back as it was.
    """
    turns = by.turns if by.turns is not msgspec.UNSET else screen.turns
    before: SceneBefore | msgspec.UnsetType = by.before if by.before is not msgspec.UNSET else _scene_before(screen)
    if turns is not msgspec.UNSET or before == SceneBefore(Scene.CARDS, by.session):
        before = msgspec.UNSET  # the turns say it already, or it is what everybody expects
    return msgspec.structs.replace(by, before=before, turns=turns)


def resumed(screen: Screen) -> Screen:
    """The screen after its interruption is over; unchanged where nothing interrupts."""
    if screen.scene not in INTERRUPTIONS:
        return screen
    before = _scene_before(screen)
    scene = before.scene if screen.turns is msgspec.UNSET else screen.turns[0].scene
    return Screen(scene, screen.session or before.session, None, screen.turns)


def moved_to(screen: Screen, session: str, target: str | None) -> Screen:
    """The screen once this session is gone, and `target` takes its place."""
    if screen.session == session:
        screen = msgspec.structs.replace(screen, session=target)
    if screen.before is not msgspec.UNSET and screen.before.session == session:
        screen = msgspec.structs.replace(screen, before=msgspec.structs.replace(screen.before, session=target))
    return screen


def _scene_before(screen: Screen) -> SceneBefore:
    if screen.scene not in INTERRUPTIONS:
        return SceneBefore(screen.scene, screen.session)
    return screen.before if screen.before is not msgspec.UNSET else SceneBefore(Scene.CARDS, screen.session)
