"""A list as an agency might send it, of any length, written quickly: invented names, dates, ids and areas."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

GIVEN = (
    "María Fernanda",
    "José Luis",
    "Xóchitl",
    "Ángel",
    "Guadalupe",
    "Brayan",
    "Citlali",
    "Emiliano",
    "Itzel",
)
SURNAMES = ("Hernández", "García", "Martínez", "López", "Pérez", "Ñáñez", "de la Cruz", "Xool", "Mendoza")
AREAS = ("Oaxaca", "Puebla", "Chiapas", "Tlaxcala", "Ciudad de México", "Baja California")


def write_rows(path: Path, rows: int, *, seed: int = 0) -> None:
    """Write `rows` records as CSV: id, names, sex, birth date, event date, state."""
    draw = random.Random(seed)
    first = date(2000, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "folio,nombre,primer apellido,segundo apellido,sexo,fecha de nacimiento,fecha,estado,estatus\n"
        )
        for number in range(rows):
            born = first + timedelta(days=draw.randrange(6_500))
            seen = date(2024, 1, 1) + timedelta(days=draw.randrange(365))
            file.write(
                f"F{number:07d},{draw.choice(GIVEN)},{draw.choice(SURNAMES)},{draw.choice(SURNAMES)},"
                f"{draw.choice('MF')},{born:%d/%m/%Y},{seen:%d/%m/%Y},{draw.choice(AREAS)},víctima identificada\n"
            )
