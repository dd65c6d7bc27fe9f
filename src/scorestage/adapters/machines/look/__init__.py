"""One look at a film, kept on disk: every later step reads it instead of decoding again.

`take_look` decodes once, from the first frame to the last, and leaves a folder that `read_look`
opens as a `PictureIndex` whose arrays lie on disk (memory maps); what the arrays hold, with shapes
and units, stands in `layout`. A look that was interrupted goes on where it stopped.
"""

from scorestage.adapters.machines.look.layout import ARRAYS, Layout
from scorestage.adapters.machines.look.proxy import PROXY_HEIGHT_PX, write_proxy
from scorestage.adapters.machines.look.reading import read_look
from scorestage.adapters.machines.look.taking import passing_look, take_look

__all__ = [
    "ARRAYS",
    "PROXY_HEIGHT_PX",
    "Layout",
    "passing_look",
    "read_look",
    "take_look",
    "write_proxy",
]
