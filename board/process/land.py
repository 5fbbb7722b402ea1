"""Where on earth there is land, in steps of about two degrees: enough for a globe of dots, and less than two kilobytes.

From the elevation data GLOBE of NOAA, which is in the public domain: a bit for each step, which is land where most of it is.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Sequence
from functools import cache

from board.process.places import Place

ROWS = 90
"""From the north pole to the south pole; each has so many steps that all cover about the same area."""

_PACKED = (
    "c-pO0v2N5r5Ph4C;s_#qsqPAM&IceR9}vkGK!VQ*e-P1-B8pc+0wjvGlt_F4EgcRiD4<M<glR~577aem=V4~n-n*k_3w!6y?97|DV*|i8a1P"
    "j0=dfQGU{oW4xjsWw!6v7OsL1}jD-ZXHF6ifpof0i_`ugNKZ|I7eUAM&>s)$}};~DQ}?uuSIB)n|~i0J~j%lnoK(W1sEWurb|gBsk*<?JVL6"
    ")HJaRtfR_l7}2)%P6R!<k(K-WvA~uH!{wI==G)eU-|d~NQQYI08J3%qj0(}K%|b5CT$-IVu=K=tYjJLsZ_b-g)nXh9aIQ34_vsKbSB&vl3gL"
    "(uJ$C17Bi8?W2ih=%8x=EV&hBCDDs`l8t*wxIB)H2fj;u!KxJyl)aR~88{ZvGi*Zy=dbHLKi9X;YzU)C9d+C^VISdJKRA?=FgJZiycUz^!JO"
    "@}=d8r)`3?`cajafPSNcrE}38<l33-Z%ESZ2;dHlt!EbwI7&hZp?wTel2uBv`uKdK&0?sZ!N{g2O;gau}66LR18Da%GvH13V7(1WgHR%XFw*"
    "DDF&_sAO;DN-=XGLoJURor-Tu!V+2)ohs;th7V;`ss5f<DvYupUW`7ec&*Np>gH4G2jN?(SK>^K)r7IC?Zdi>iv$`g6nC?g25H?{7gUD!J0;"
    "T<MN|n}`~yV6+}u!wmH|8KelL|<Ge>LI+I(%`KP+p1J0&_7y#_2VYn1RDwB|eCdz13Ns>!|(#W(!jk^IO00{*pa{{"
)


@cache
def land() -> Sequence[Place]:
    """The middles of all steps with land."""
    bits = zlib.decompress(base64.b85decode(_PACKED))
    return [place for at, place in enumerate(_steps()) if bits[at // 8] & 128 >> at % 8]


def _steps() -> list[Place]:
    found = list[Place]()
    for row in range(ROWS):
        north = 90 - (row + 0.5) * 180 / ROWS
        steps = max(1, round(2 * ROWS * math.cos(math.radians(north))))
        found += [Place(north, (step + 0.5) * 360 / steps - 180) for step in range(steps)]
    return found
