"""Draws small meeting halls, as a camera at a site's back wall sees them: raw RGB, one a number.

A wall, the rostrum's red curtain with the lines of the title slate, the chair's table, rows of
heads. Calm, and different enough from each other that a wall of thumbnails can be told apart.
"""
import colorsys
import random

WIDTH, HEIGHT = 192, 108
CURTAIN, GOLD, WOOD = (122, 20, 30), (236, 198, 96), (74, 48, 30)


def tone(hue, saturation, lightness):
    return tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue, lightness, saturation))


class Canvas:
    def __init__(self):
        self.pixels = bytearray(WIDTH * HEIGHT * 3)

    def rectangle(self, left, top, width, height, colour):
        row = bytes(colour) * width
        for y in range(top, top + height):
            start = (y * WIDTH + left) * 3
            self.pixels[start:start + len(row)] = row

    def disc(self, x, y, radius, colour):
        for dy in range(-radius, radius + 1):
            half = int((radius * radius - dy * dy) ** 0.5)
            if 0 <= y + dy < HEIGHT:
                left, right = max(0, x - half), min(WIDTH, x + half + 1)
                self.rectangle(left, y + dy, right - left, 1, colour)


def wall(canvas, hue):
    for y in range(HEIGHT):
        canvas.rectangle(0, y, WIDTH, 1, tone(hue, 0.16, 0.52 - 0.26 * y / HEIGHT))


def rostrum(canvas, hue):
    canvas.rectangle(46, 8, 100, 40, CURTAIN)
    for fold in range(46, 146, 10):
        canvas.rectangle(fold, 8, 2, 40, tuple(part * 4 // 5 for part in CURTAIN))
    for top, width in ((14, 44), (21, 76), (28, 60), (38, 34)):
        canvas.rectangle((WIDTH - width) // 2, top, width, 3, GOLD)
    for x in (66, 88, 108, 130):
        canvas.disc(x, 48, 4, tone(hue, 0.1, 0.2))
    canvas.rectangle(52, 53, 88, 9, WOOD)


def audience(canvas, dice):
    for row, (y, radius, count) in enumerate(((74, 4, 13), (86, 5, 11), (101, 7, 9))):
        for seat in range(count):
            if dice.random() < 0.12:
                continue
            x = (2 * seat + 1) * WIDTH // (2 * count) + dice.randint(-1, 1)
            grey = 22 + 6 * row + dice.randint(0, 14)
            canvas.disc(x, y, radius, (grey + 8, grey, grey))
            width = 2 * radius + 3
            left = max(0, min(x - width // 2, WIDTH - width))
            canvas.rectangle(left, y + radius, width, min(radius, HEIGHT - y - radius),
                             tone(dice.random(), 0.25, 0.2))


def hall(number):
    """WIDTH x HEIGHT pixels of three bytes."""
    canvas, dice = Canvas(), random.Random(number)
    hue = number * 0.13 % 1
    wall(canvas, hue)
    rostrum(canvas, hue)
    audience(canvas, dice)
    return bytes(canvas.pixels)
