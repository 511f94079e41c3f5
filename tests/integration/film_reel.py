"""Films for tests: every picture is stamped with a number and with its place in the film, the sound is that number's tone.

The stamp and the tone are those of test pictures and voices (endpoint/media/common/picture_stamp.c, voice_tone.c), so
that diemcau-av-check finds them in what other sites recorded.
"""
import pathlib
import subprocess

WIDTH, HEIGHT, FPS = 640, 360, 15
COLUMNS, ROWS, ROW_SHARE = 28, 2, 20
BLACK, WHITE, GREY = 16, 235, 90
LAUNCH = ("filesrc location={raw} ! rawvideoparse format=i420 width={width} height={height} framerate={fps}/1 ! "
          "videoconvert ! x264enc tune=zerolatency bitrate=1500 key-int-max=15 ! h264parse ! queue ! mux. "
          "audiotestsrc freq={hz} volume=0.2 samplesperbuffer=960 num-buffers={buffers} ! audio/x-raw,rate=48000,channels=2 ! "
          "audioconvert ! avenc_aac ! queue ! mux. mp4mux name=mux ! filesink location={file}")


def tone_hz(number):
    return 300 + 40 * ((number - 1) % 64)


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021) & 0xFFFF if crc & 0x8000 else crc << 1 & 0xFFFF
    return crc


def stamp(number, clock):
    """The luma of the rows of the stamp."""
    body = (number << 3).to_bytes(2, "big") + clock.to_bytes(3, "big")
    bits = "".join(f"{byte:08b}" for byte in body + crc16(body).to_bytes(2, "big"))
    lines = b""
    for row in range(ROWS):
        line = bytearray()
        for column, bit in enumerate(bits[row * COLUMNS:(row + 1) * COLUMNS]):
            wide = (column + 1) * WIDTH // COLUMNS - column * WIDTH // COLUMNS
            line += bytes([WHITE if bit == "1" else BLACK]) * wide
        lines += bytes(line) * (HEIGHT // ROW_SHARE)
    return lines


def make(file, number, seconds):
    """A film as a camera makes one: H.264 and AAC in MP4."""
    raw = pathlib.Path(f"{file}.raw")
    top = WIDTH * ROWS * (HEIGHT // ROW_SHARE)
    rest = bytes([GREY]) * (WIDTH * HEIGHT - top) + bytes([128]) * (WIDTH * HEIGHT // 2)
    with raw.open("wb") as frames:
        for frame in range(seconds * FPS):
            frames.write(stamp(number, frame * 1000 // FPS) + rest)
    words = [word.format(raw=raw, file=file, width=WIDTH, height=HEIGHT, fps=FPS, hz=tone_hz(number), buffers=seconds * 50)
             for word in LAUNCH.split()]  # names of files have spaces
    subprocess.run(["gst-launch-1.0", "-q", *words], check=True, timeout=60)
    raw.unlink()
    return file
