"""Makes the desk's three short tones. Run from the checkout: python installer/make_sounds.py."""

from __future__ import annotations

import math
import struct
import sys
import wave
from pathlib import Path

RATE = 44_100
LOUDNESS = 0.35
ATTACK = 0.012
"""Seconds until a tone is at its loudest: a hard beginning clicks."""

Tone = tuple[float, float]
"""Pitch in hertz and length in seconds."""

SOUNDS: dict[str, tuple[Tone, ...]] = {
    "admitted": ((660.0, 0.08), (880.0, 0.14)),
    "warning": ((587.0, 0.09), (587.0, 0.12)),
    "refused": ((294.0, 0.10), (220.0, 0.14)),
}


def tone(pitch: float, length: float) -> list[int]:
    """A soft tone with a quiet octave above, as 16-bit samples."""
    count = round(length * RATE)
    return [round(32_767 * LOUDNESS * _swell(n, count) * _wave(pitch, n / RATE)) for n in range(count)]


def _wave(pitch: float, at: float) -> float:
    return 0.85 * math.sin(math.tau * pitch * at) + 0.15 * math.sin(2 * math.tau * pitch * at)


def _swell(n: int, count: int) -> float:
    """Up along half a cosine, then down to nothing at the end."""
    rising = min(1.0, n / (ATTACK * RATE))
    falling = (count - 1 - n) / (count - 1)
    return (1 - math.cos(math.pi * rising)) / 2 * falling**1.5


def write(file: Path, tones: tuple[Tone, ...]) -> None:
    """Write tones one after another as a mono file."""
    samples = [sample for each in tones for sample in tone(*each)]
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def main(folder: Path) -> None:
    """Write every sound of the desk into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, tones in SOUNDS.items():
        write(folder / f"{name}.wav", tones)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources" / "sounds")
